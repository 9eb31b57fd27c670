import {
  type FilterCondition,
  filterConditions,
  type FilterNames,
  type FilterWord,
  filterWords,
} from '@shared/domain/filter-line/conditions';
import { quote, readWords } from '@shared/domain/filter-line/quoting';

export interface Completion {
  /** The line with it. */
  line: string;
  /** What it puts there: `label:` or `label:banana`. */
  part: string;
  word: FilterWord;
  /** Whether a value has to follow. */
  isOpen: boolean;
}

const most = 12;

/** How the end of a line could go on: with a condition's word, or with the values it can have. */
export function filterCompletions(line: string, names: FilterNames): Completion[] {
  const last = readWords(line).at(-1);
  const isBegun = last !== undefined && last.end === line.length && !/\s$/.test(line);
  const before = isBegun ? line.slice(0, last.start) : line;
  const open = before === '' || /\s$/.test(before) ? before : `${before} `;
  if (!isBegun || last.key === undefined) {
    const begun = isBegun ? (last.values[0] ?? '').toLowerCase() : '';
    return filterWords
      .filter((word) => word.startsWith(begun))
      .map((word) => ({ line: `${open}${word}:`, part: `${word}:`, word, isOpen: true }));
  }
  const word = filterWords.find((known) => known === last.key);
  if (!word) return [];
  const condition: FilterCondition = filterConditions[word];
  const choices = condition.choices?.(names) ?? [];
  const done = last.values.slice(0, -1);
  const begun = (last.values.at(-1) ?? '').toLowerCase();
  return choices
    .filter((choice) => choice.toLowerCase().startsWith(begun) && !done.includes(choice))
    .slice(0, most)
    .map((choice) => {
      const part = `${word}:${[...done, choice].map(quote).join(',')}`;
      return { line: `${open}${part} `, part, word, isOpen: false };
    });
}
