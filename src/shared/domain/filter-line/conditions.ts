import { issueKinds } from '../issue';
import type { LabelId } from '../label';
import { daySchema, type PhotoFilter } from '../photo-filter';
import { splits } from '../split';
import {
  readBytes,
  readCount,
  readRange,
  readShare,
  writeBytes,
  writeRange,
  writeShare,
} from './ranges';

/** What a line calls by a name and a filter by an id. */
export interface FilterNames {
  labels: readonly { id: LabelId; name: string }[];
  imports: readonly { id: string; startedAt: string }[];
}

/** One kind of condition: how its values are written into a line and read from it. */
export interface FilterCondition {
  /** None when the filter has no such condition. */
  write(filter: PhotoFilter, names: FilterNames): string[];
  /** Undefined when a value means nothing. */
  read(values: readonly string[], names: FilterNames): PhotoFilter | undefined;
  /** Values worth offering while the line is typed. */
  choices?(names: FilterNames): readonly string[];
}

const flags = {
  unlabeled: { unlabeled: true },
  labeled: { unlabeled: false },
  excluded: { excluded: true },
  included: { excluded: false },
  missing: { missing: true },
  present: { missing: false },
  conflict: { conflict: true },
  settled: { conflict: false },
  duplicate: { duplicate: true },
  unique: { duplicate: false },
} as const satisfies Record<string, PhotoFilter>;

type Flag = 'unlabeled' | 'excluded' | 'missing' | 'conflict' | 'duplicate';

const isFlag: FilterCondition = {
  write: (filter) =>
    Object.entries(flags).flatMap(([word, flag]) => {
      const [[name, value]] = Object.entries(flag) as [[Flag, boolean]];
      return filter[name] === value ? [word] : [];
    }),
  read(values) {
    const known = values.map((value) => value.toLowerCase());
    if (!known.every((value) => Object.hasOwn(flags, value))) return undefined;
    return known.reduce<PhotoFilter>(
      (filter, value) => ({ ...filter, ...flags[value as keyof typeof flags] }),
      {},
    );
  },
  choices: () => Object.keys(flags),
};

function oneOf<Key extends 'split' | 'issue' | 'answer'>(
  key: Key,
  values: readonly NonNullable<PhotoFilter[Key]>[],
): FilterCondition {
  return {
    write: ({ [key]: value }) => (value === undefined ? [] : [value]),
    read([text = '', ...more]) {
      const value = values.find((candidate) => candidate === text.toLowerCase());
      return value === undefined || more.length > 0 ? undefined : { [key]: value };
    },
    choices: () => values,
  };
}

const byId = /^#([1-9]\d{0,14})$/;

/** Labels by name, whatever its case; `#12` by id: one that is gone, or is itself called like that. */
function labelsOf(key: 'labelIds' | 'suggestedIds'): FilterCondition {
  const nameOf = ({ labels }: FilterNames, id: LabelId) => {
    const name = labels.find((label) => label.id === id)?.name;
    return name === undefined || byId.test(name) ? `#${id}` : name;
  };
  const idOf = ({ labels }: FilterNames, name: string) => {
    const id = byId.exec(name)?.[1];
    if (id !== undefined) return Number(id);
    const folded = name.toLowerCase();
    const label =
      labels.find((candidate) => candidate.name === name) ??
      labels.find((candidate) => candidate.name.toLowerCase() === folded);
    return label?.id ?? 0;
  };
  return {
    write: (filter, names) => (filter[key] ?? []).map((id) => nameOf(names, id)),
    read(values, names) {
      const ids = values.map((value) => idOf(names, value));
      return ids.includes(0) ? undefined : { [key]: [...new Set(ids)] };
    },
    choices: ({ labels }) => labels.map(({ name }) => name),
  };
}

function textOf(key: 'folder' | 'camera', longest: number): FilterCondition {
  return {
    write: ({ [key]: value }) => (value === undefined ? [] : [value]),
    read([text = '', ...more]) {
      const isFit = text !== '' && text.length <= longest && more.length === 0;
      return isFit ? { [key]: text } : undefined;
    },
  };
}

function rangeOf<Value>(
  key: 'side' | 'bytes' | 'taken' | 'confidence',
  write: (value: Value) => string,
  read: (part: string) => Value | undefined,
): FilterCondition {
  return {
    write({ [key]: range }) {
      // Each key is given the writer of its own values below.
      return range ? [writeRange(range as { min?: Value; max?: Value }, write)] : [];
    },
    read([text = '', ...more]) {
      const range = more.length > 0 ? undefined : readRange(text, read);
      return range && { [key]: range };
    },
  };
}

const minuteOf = (startedAt: string): string => startedAt.slice(0, 16);

/** An import by the minute (UTC) it began in, or by its id when that is not the only one then. */
const importOf: FilterCondition = {
  write({ importId }, { imports }) {
    if (importId === undefined) return [];
    const minute = minuteOf(imports.find(({ id }) => id === importId)?.startedAt ?? '');
    const isAlone = imports.filter((other) => minuteOf(other.startedAt) === minute).length === 1;
    return [isAlone ? minute : importId];
  },
  read([text = '', ...more], { imports }) {
    const found = imports.find(({ id, startedAt }) => id === text || minuteOf(startedAt) === text);
    const importId = found?.id ?? text;
    return importId === '' || importId.length > 100 || more.length > 0 ? undefined : { importId };
  },
  choices: ({ imports }) => imports.map(({ startedAt }) => minuteOf(startedAt)),
};

const cluster: FilterCondition = {
  write: (filter) => (filter.cluster === undefined ? [] : [String(filter.cluster + 1)]),
  read([text = '', ...more]) {
    const number = readCount(text);
    return !number || more.length > 0 ? undefined : { cluster: number - 1 };
  },
};

const readDay = (part: string) => daySchema.safeParse(part).data;

/** By the word that a line uses, in the order in which a line has them. */
export const filterConditions = {
  is: isFlag,
  label: labelsOf('labelIds'),
  split: oneOf('split', splits),
  issue: oneOf('issue', issueKinds),
  answer: oneOf('answer', ['right', 'wrong']),
  suggested: labelsOf('suggestedIds'),
  confidence: rangeOf('confidence', writeShare, readShare),
  taken: rangeOf('taken', String, readDay),
  camera: textOf('camera', 200),
  side: rangeOf('side', String, readCount),
  size: rangeOf('bytes', writeBytes, readBytes),
  folder: textOf('folder', 400),
  import: importOf,
  cluster,
} as const satisfies Record<string, FilterCondition>;

export type FilterWord = keyof typeof filterConditions;

export const filterWords = Object.keys(filterConditions) as FilterWord[];
