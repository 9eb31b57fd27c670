import { Visitor } from 'vite';
import type { SourceFile } from './source-files';

/** Attributes that a person reads, or hears from a screen reader. */
const readAttributes: ReadonlySet<string> = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'description',
  'label',
  'placeholder',
  'title',
]);

const isText = (text: string): boolean => /\p{L}{2}/u.test(text);

/** Texts in the markup of a file: they belong into `i18n/`. */
export function textsForPeople({ syntax }: SourceFile): string[] {
  const texts: string[] = [];
  new Visitor({
    JSXText: ({ value }) => {
      if (isText(value)) texts.push(value.trim());
    },
    JSXAttribute: ({ name, value }) => {
      if (name.type !== 'JSXIdentifier' || !readAttributes.has(name.name)) return;
      if (value?.type !== 'Literal' || typeof value.value !== 'string') return;
      if (isText(value.value)) texts.push(value.value);
    },
  }).visit(syntax);
  return texts;
}
