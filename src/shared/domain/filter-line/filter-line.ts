import type { PhotoFilter } from '../photo-filter';
import { type FilterNames, type FilterWord, filterConditions, filterWords } from './conditions';
import { quote, readWords } from './quoting';

/** What in a line means nothing: its word when that is known, and how it stands there. */
export interface UnreadPart {
  text: string;
  word?: FilterWord;
}

export type ReadLine = { filter: PhotoFilter } | { unread: UnreadPart };

/**
 * A filter as one line that a person can read and change:
 * `label:banana,"hard hat" split:test confidence:..60% IMG_01`. What was picked by hand has no place
 * in it.
 */
export function writeFilterLine(filter: PhotoFilter, names: FilterNames): string {
  const conditions = filterWords.flatMap((word) => {
    const values = filterConditions[word].write(filter, names);
    return values.length === 0 ? [] : [`${word}:${values.map(quote).join(',')}`];
  });
  return [...conditions, ...writeText(filter.text)].join(' ');
}

/** Words without a key are looked for in file names, as they stand and together. */
export function readFilterLine(line: string, names: FilterNames): ReadLine {
  let filter: PhotoFilter = {};
  const text: string[] = [];
  for (const { key, values, start, end } of readWords(line)) {
    if (key === undefined) {
      text.push(...values);
      continue;
    }
    const word = filterWords.find((known) => known === key);
    const condition = word && filterConditions[word].read(values, names);
    if (!condition) {
      return { unread: { text: line.slice(start, end), ...(word ? { word } : {}) } };
    }
    filter = { ...filter, ...condition };
  }
  const joined = text.join(' ').slice(0, 200);
  return { filter: joined === '' ? filter : { ...filter, text: joined } };
}

/** In quotes where reading it back would give something else. */
function writeText(text: string | undefined): string[] {
  if (text === undefined || text === '') return [];
  const isPlain = !/["\\:]/.test(text) && !/^\s|\s$|\s\s|[^\S ]/.test(text);
  return [isPlain ? text : `"${text.replace(/["\\]/g, '\\$&')}"`];
}
