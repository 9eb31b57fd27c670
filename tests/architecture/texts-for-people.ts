import ts from 'typescript';
import { type SourceFile, visit } from './source-files';

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
  visit(syntax, (node) => {
    if (ts.isJsxText(node) && isText(node.text)) texts.push(node.text.trim());
    if (!ts.isJsxAttribute(node) || !readAttributes.has(node.name.getText(syntax))) return;
    const { initializer } = node;
    if (initializer && ts.isStringLiteral(initializer) && isText(initializer.text)) {
      texts.push(initializer.text);
    }
  });
  return texts;
}
