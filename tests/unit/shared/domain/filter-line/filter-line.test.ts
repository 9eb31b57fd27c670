import { type FilterNames, filterWords } from '@shared/domain/filter-line/conditions';
import { readFilterLine, writeFilterLine } from '@shared/domain/filter-line/filter-line';
import { issueKinds } from '@shared/domain/issue';
import { type PhotoFilter, photoFilterSchema } from '@shared/domain/photo-filter';
import { splits } from '@shared/domain/split';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const names: FilterNames = {
  labels: [
    { id: 1, name: 'banana' },
    { id: 2, name: 'hard hat' },
    { id: 3, name: 'Öl, "extra": fein' },
    { id: 4, name: '#7' },
  ],
  imports: [
    { id: 'import-a', startedAt: '2026-01-02T03:04:05.000Z' },
    { id: 'import-b', startedAt: '2026-01-02T03:04:55.000Z' },
    { id: 'import-c', startedAt: '2026-02-02T03:04:55.000Z' },
  ],
};

const range = <Value>(value: fc.Arbitrary<Value>) =>
  fc
    .record({ min: value, max: value }, { requiredKeys: [] })
    .filter(({ min, max }) => min !== undefined || max !== undefined);
const day = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const labelIds = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const count = fc.integer({ min: 0, max: 100_000_000 });
const someText = (maxLength: number) => fc.string({ unit: 'grapheme', minLength: 1, maxLength });

const filters: fc.Arbitrary<PhotoFilter> = fc.record(
  {
    labelIds,
    suggestedIds: labelIds,
    unlabeled: fc.boolean(),
    excluded: fc.boolean(),
    missing: fc.boolean(),
    conflict: fc.boolean(),
    duplicate: fc.boolean(),
    split: fc.constantFrom(...splits),
    issue: fc.constantFrom(...issueKinds),
    answer: fc.constantFrom('right', 'wrong'),
    cluster: fc.integer({ min: 0, max: 500 }),
    importId: fc.constantFrom('import-a', 'import-b', 'import-c', 'gone'),
    folder: someText(40),
    camera: someText(40),
    side: range(count),
    bytes: range(count),
    taken: range(day),
    confidence: range(fc.double({ min: 0, max: 1, noNaN: true })),
    text: someText(40),
  },
  { requiredKeys: [] },
);

const read = (line: string) => {
  const answer = readFilterLine(line, names);
  if ('unread' in answer) throw new Error(`unread: ${answer.unread.text}`);
  return answer.filter;
};

describe('a filter line', () => {
  it('comes back as the filter it was written from, whatever is in it', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(read(writeFilterLine(filter, names))).toEqual(filter);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads as a person would write it', () => {
    expect(read('label:Banana,"hard hat" split:test is:excluded IMG 01')).toEqual({
      labelIds: [1, 2],
      split: 'test',
      excluded: true,
      text: 'IMG 01',
    });
    expect(read('confidence:..60% size:>=1.5mb taken:2026-01-02 side:<=400 cluster:1')).toEqual({
      confidence: { max: 0.6 },
      bytes: { min: 1_500_000 },
      taken: { min: '2026-01-02', max: '2026-01-02' },
      side: { max: 400 },
      cluster: 0,
    });
    expect(read('import:2026-02-02T03:04'), 'a colon belongs to the value').toEqual({
      importId: 'import-c',
    });
    expect(read('   '), 'nothing lets everything pass').toEqual({});
  });

  it('names the part that it cannot read', () => {
    const unread = (line: string) => {
      const answer = readFilterLine(line, names);
      return 'unread' in answer ? answer.unread : undefined;
    };
    expect(unread('is:unlabeled colour:red')).toEqual({ text: 'colour:red' });
    expect(unread('label:bannana x')).toEqual({ text: 'label:bannana', word: 'label' });
    expect(unread('split:test,train')).toEqual({ text: 'split:test,train', word: 'split' });
    expect(unread('confidence:140%')).toEqual({ text: 'confidence:140%', word: 'confidence' });
    expect(unread('taken:2026-13-01')).toEqual({ text: 'taken:2026-13-01', word: 'taken' });
    expect(unread('side:..')).toEqual({ text: 'side:..', word: 'side' });
    expect(unread('cluster:0')).toEqual({ text: 'cluster:0', word: 'cluster' });
    expect(unread('"colour:red"'), 'in quotes it is text').toBeUndefined();
  });

  it('never throws, and gives nothing that the program would refuse', () => {
    const part = fc.oneof(
      fc.constantFrom(...filterWords.map((word) => `${word}:`), '"', ',', '..', ' ', '\\', '#0'),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const answer = readFilterLine(parts.join(''), names);
        if ('unread' in answer) expect(answer.unread.text).not.toBe('');
        else expect(photoFilterSchema.safeParse(answer.filter).success).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
