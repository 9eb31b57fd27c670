import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { errorCodes } from '@shared/api/errors';
import { deviceStates } from '@shared/domain/device';
import { deviceRemedy } from '@shared/domain/device-remedy';
import { type ESTree, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';
import { parseSourceFile, readSourceFiles, type SourceFile } from './source-files';

const faq = readFileSync(fileURLToPath(new URL('../../docs/phones.md', import.meta.url)), 'utf8');

/** Where what phones have against a push becomes a sentence. */
const files = [
  ...readSourceFiles('src/main/platform/devices').filter(({ path }) =>
    /devices\/(adb|ios)\/|devices\/device-errors/.test(path),
  ),
  ...readSourceFiles('src/main/services/deploy/phones'),
];

interface FoundError {
  code: string;
  /** The literal parts of its sentence. */
  parts: string[];
  hasRemedy: boolean;
}

/** Errors that a file makes by `new AppError(code, …)`, or keeps as `[code, sentence, remedy]`. */
function errorsIn({ syntax }: SourceFile): FoundError[] {
  const found: FoundError[] = [];
  const add = ([code, sentence, remedy]: readonly (Item | null)[]): void => {
    if (code?.type !== 'Literal' || typeof code.value !== 'string') return;
    if (!(errorCodes as readonly string[]).includes(code.value)) return;
    const parts = sentence && partsOf(sentence);
    if (parts) found.push({ code: code.value, parts, hasRemedy: Boolean(remedy) });
  };
  new Visitor({
    NewExpression({ callee, arguments: given }) {
      if (callee.type === 'Identifier' && callee.name === 'AppError') add(given);
    },
    ArrayExpression: ({ elements }) => add(elements),
  }).visit(syntax);
  return found;
}

type Item = ESTree.ArrayExpression['elements'][number];

function partsOf(node: NonNullable<Item>): string[] | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : undefined;
  return node.type === 'TemplateLiteral'
    ? node.quasis.map(({ value }) => value.cooked ?? '')
    : undefined;
}

/** What a person would look for of a sentence: its longest part that is always the same. */
function phraseOf(parts: readonly string[]): string {
  const [longest = ''] = [...parts].sort((a, b) => b.length - a.length);
  return longest.replace(/^[\s.,:;“”()]+|[\s.,:;“”()]+$/g, '');
}

const errors = files.flatMap(errorsIn).filter(({ code }) => code !== 'cancelled');

describe('what phones have against a push', () => {
  it('is found in the sources by this test', () => {
    const text = `throw new AppError('no-space', \`The phone has \${free} left, of \${all}.\`);
      const table = { '1': ['device-gone', 'It broke', 'Plug it in.'], other: [1, 2] };`;
    expect(errorsIn(parseSourceFile('x.ts', text))).toEqual([
      { code: 'no-space', parts: ['The phone has ', ' left, of ', '.'], hasRemedy: false },
      { code: 'device-gone', parts: ['It broke'], hasRemedy: true },
    ]);
    expect(phraseOf(['The phone has ', ' left, of ', '.'])).toBe('The phone has');
    expect(errors.length).toBeGreaterThan(50);
  });

  it('always comes with what to do', () => {
    expect(errors.filter(({ hasRemedy }) => !hasRemedy).map(({ parts }) => parts)).toEqual([]);
  });

  it('is in docs/phones.md, word for word', () => {
    // What is asked wrongly is told at once, by whoever asks.
    const phrases = errors
      .filter(({ code }) => code !== 'bad-request')
      .map((one) => phraseOf(one.parts));
    expect(phrases.filter((phrase) => !faq.includes(phrase))).toEqual([]);
  });

  it('is in docs/phones.md for every state of a phone', () => {
    const states = deviceStates.filter((state) => state !== 'ready');
    const said = (['android', 'ios'] as const).flatMap((platform) =>
      states.map((state) => deviceRemedy({ state, platform }).says.replace(/\.$/, '')),
    );
    expect([...new Set(said)].filter((sentence) => !faq.includes(sentence))).toEqual([]);
  });
});
