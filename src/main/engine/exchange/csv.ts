import { parse } from 'csv-parse/sync';
import { isPhotoName } from '../../../shared/domain/photo-names';
import { type Split, splitFromWord } from '../../../shared/domain/split';
import {
  type ListProblem,
  type NamedPhoto,
  type ParsedList,
  readLabel,
  severalLabels,
} from './listed-photo';
import { sourceBroken } from './source-broken';

interface Columns {
  path: number;
  label?: number;
  split?: number;
  excluded?: number;
}

/** What columns are called elsewhere, letters only; the first that a table has is taken. */
const columnNames = {
  path: 'path filepath imagepath photopath file filename image imagename img photo photoname imageid id',
  label: 'label labelname class classname category categoryname target tag species y',
  split: 'split subset partition set',
  excluded: 'excluded',
} as const;

/**
 * The table's text: UTF-8 with or without a byte order mark, or UTF-16 as spreadsheets save it.
 * @throws AppError 'source-unreadable' for anything else.
 */
export function decodeTable(bytes: Uint8Array, fileName: string): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    const remedy = 'Save the table as “CSV UTF-8” and import it again. Nothing was changed.';
    throw sourceBroken(fileName, 'is not UTF-8 text', remedy, error);
  }
}

/** Whether a table in a folder is about photos, by its first lines. */
export function looksLikePhotoTable(text: string): boolean {
  const lines = text.split(/\r?\n/, 3).map((line) => line.split(/[,;\t]/).map(unquoted));
  const [first = [], second = []] = lines;
  if (first.some(isPhotoPath)) return true;
  return hasColumn(first, 'path') && (second.some(isPhotoPath) || hasColumn(first, 'label'));
}

const unquoted = (cell: string) => cell.trim().replace(/^"|"$/g, '');
const isPhotoPath = (cell: string) => isPhotoName(cell.split(/[/\\]/).at(-1) ?? '');
const hasColumn = (header: readonly string[], kind: keyof typeof columnNames) =>
  findColumn(header, kind) !== undefined;

function findColumn(header: readonly string[], kind: keyof typeof columnNames): number | undefined {
  const folded = header.map((cell) => cell.toLowerCase().replace(/[^a-z]/g, ''));
  const places = columnNames[kind].split(' ').map((name) => folded.indexOf(name));
  return places.find((place) => place >= 0);
}

/**
 * Photos of a table with a path a row and, as its header or their order says, label and split.
 * @param split of photos whose row names none.
 * @throws AppError 'source-unreadable' when it is cut short, or nobody can tell its columns.
 */
export function parseCsv(text: string, fileName: string, split: Split | undefined): ParsedList {
  const rows = readRows(text, fileName);
  const [first] = rows;
  if (!first) throw sourceBroken(fileName, 'is empty');
  const header = first.some(isPhotoPath) ? undefined : first;
  const columns = header ? columnsOf(header, fileName) : columnsInOrder(rows);
  const problems: ListProblem[] = [];
  const unknownSplits = new Set<string>();
  const byPath = new Map<string, NamedPhoto[]>();
  for (const [index, row] of rows.entries()) {
    if (header && index === 0) continue;
    const cell = (place: number | undefined) => (place === undefined ? '' : (row[place] ?? ''));
    const path = cell(columns.path).trim().replaceAll('\\', '/');
    if (path === '') throw sourceBroken(fileName, `has no path in row ${index + 1}`);
    const word = cell(columns.split).trim();
    const given = splitFromWord(word);
    if (word !== '' && !given) unknownSplits.add(word);
    const photo: NamedPhoto = {
      path,
      label: readLabel(cell(columns.label), path, problems),
      split: given ?? split,
      ...(/^(1|true|yes)$/i.test(cell(columns.excluded).trim()) ? { excluded: true } : {}),
    };
    byPath.set(path, [...(byPath.get(path) ?? []), photo]);
  }
  for (const word of unknownSplits) problems.push(unknownSplit(fileName, word));
  return { photos: [...byPath].flatMap(([path, same]) => oneOf(path, same, problems)), problems };
}

function readRows(text: string, fileName: string): string[][] {
  try {
    return parse(text, { bom: true, delimiter: delimiterOf(text), skip_empty_lines: true });
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? ` (line ${String(error.lines)})` : '';
    const why = `is cut short or damaged: its rows do not have the same number of columns${line}`;
    const isOpenQuote = error instanceof Error && /quote/i.test(error.message);
    const quote = `is cut short or damaged: a quotation mark is missing${line}`;
    throw sourceBroken(fileName, isOpenQuote ? quote : why, undefined, error);
  }
}

/** Of those that the first line has outside of quotes, the one it has most of. */
function delimiterOf(text: string): string {
  const line = (text.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => line.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function columnsOf(header: readonly string[], fileName: string): Columns {
  const path = findColumn(header, 'path');
  const remedy =
    'Name the columns in its first row: path, label and, if you have it, split. Nothing was changed.';
  if (path === undefined)
    throw sourceBroken(fileName, 'has no column with paths of photos', remedy);
  const rest = (kind: keyof typeof columnNames) => {
    const place = findColumn(header, kind);
    return place === path ? undefined : place;
  };
  const columns = { path, label: rest('label'), split: rest('split'), excluded: rest('excluded') };
  const named = Object.values(columns).filter((place) => place !== undefined).length;
  if (columns.label === undefined && header.length > named) {
    throw sourceBroken(fileName, 'has no column that is known to be the label', remedy);
  }
  return columns;
}

/** Without a header: path, label, and a third column where it says nothing but splits. */
function columnsInOrder(rows: readonly string[][]): Columns {
  const hasSplits = rows.every((row) => {
    const word = row[2]?.trim();
    return word === '' || (word !== undefined && splitFromWord(word) !== undefined);
  });
  return { path: 0, label: 1, ...(hasSplits ? { split: 2 } : {}) };
}

const unknownSplit = (fileName: string, word: string): ListProblem => ({
  path: fileName,
  reason: 'split-name',
  message: `“${word}” is none of train, validation and test. Its photos came in without a given split.`,
});

/** A photo that is listed more than once, when its rows agree. */
function oneOf(path: string, same: readonly NamedPhoto[], problems: ListProblem[]): NamedPhoto[] {
  const labels = new Set(same.flatMap(({ label }) => label ?? []));
  if (labels.size > 1) {
    problems.push(severalLabels(path, labels));
    return [];
  }
  const splits = new Set(same.flatMap(({ split }) => split ?? []));
  if (splits.size > 1) {
    const message = `The photo is listed in the splits ${[...splits].join(' and ')}. It was left out.`;
    problems.push({ path, reason: 'several-splits', message });
    return [];
  }
  return [Object.assign({}, ...same) as NamedPhoto];
}
