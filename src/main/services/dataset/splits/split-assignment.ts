import { hashText } from '../../../../shared/domain/random';
import type { Split, SplitSource } from '../../../../shared/domain/split';
import type { Database } from '../../../platform/database/database';
import { folderOfPath } from '../photos/photo-conditions';
import { changePhotos, type PhotoChange } from '../photos/photo-states';
import { dealPhotos, type PhotoToDeal, type SplitCounts } from './deal-photos';
import { openShares, readSplitSettings, readTestLock, type SplitSettings } from './split-settings';

interface LabeledRow {
  id: number;
  sha256: string;
  labelId: number;
  split: Split | null;
  /** Its group of near duplicates and bursts. */
  groupId: number | null;
  source: string | null;
}

/** What a photo's source is, as SQL. Where it is not known, a photo is alone. */
const sources: Record<SplitSource, string> = {
  none: 'NULL',
  folder: `(SELECT min(${folderOfPath}) FROM photo_origins
    WHERE photo_origins.photo_id = photos.id AND path NOT LIKE 'upload:%')`,
  day: 'substr(taken_at, 1, 10)',
  camera: 'camera',
};

const selectPhotos = (by: SplitSource) => `
  SELECT photos.id, sha256, label_id AS labelId, split, group_id AS groupId, ${sources[by]} AS source
  FROM photos LEFT JOIN split_groups ON split_groups.photo_id = photos.id`;
const selectLabeled = (by: SplitSource) => `${selectPhotos(by)} WHERE label_id IS NOT NULL`;

/**
 * Gives every labeled photo that has no split one, class by class, in an order drawn from a seeded
 * hash of its bytes. Near duplicates, shots of one burst and photos of one source go where the first of
 * them is; copies of a locked test photo get none. Photos that have a split keep it.
 */
export function dealMissingSplits(database: Database): PhotoChange[] {
  const settings = readSplitSettings(database);
  const waiting = database.all<LabeledRow>(`${selectLabeled(settings.by)} AND split IS NULL`);
  if (waiting.length === 0) return [];
  const isLocked = readTestLock(database) !== undefined;
  const placed = placesOf(database, waiting, settings.by);
  const splits = deal(waiting, settings, { counts: readCounts(database), placed, isLocked });
  return changePhotos(database, [...splits.keys()], ({ id }) => ({
    split: splits.get(id) ?? null,
  }));
}

/**
 * Deals all labeled photos again, those that stay together into one split; the others lose their
 * split, to be dealt when labeled. A locked test set stays as it is.
 */
export function splitAnew(database: Database, settings: SplitSettings): PhotoChange[] {
  const isLocked = readTestLock(database) !== undefined;
  const rows = database.all<LabeledRow>(selectLabeled(settings.by));
  const fixed = isLocked
    ? database.all<LabeledRow>(`${selectPhotos(settings.by)} WHERE split = 'test'`)
    : [];
  const stays = ({ split }: Pick<LabeledRow, 'split'>) => isLocked && split === 'test';
  const counts = new Map<number, SplitCounts>();
  const placed = new Map<string, Split>();
  for (const row of fixed) {
    for (const key of keysOf(row)) placed.set(key, 'test');
  }
  const splits = deal(
    rows.filter((row) => !stays(row)),
    settings,
    { counts, placed, isLocked },
  );
  const others = database.all<{ id: number; split: Split | null }>(
    'SELECT id, split FROM photos WHERE split IS NOT NULL',
  );
  const ids = new Set([
    ...splits.keys(),
    ...others.filter((row) => !stays(row)).map(({ id }) => id),
  ]);
  return changePhotos(database, [...ids], ({ id }) => ({ split: splits.get(id) ?? null }));
}

/** Moves each group that straddles into the split that most of it is in; see `straddling`. */
export function joinStraddling(database: Database): PhotoChange[] {
  const isLocked = readTestLock(database) !== undefined;
  const rows = database.all<{ id: number; groupId: number; split: Split }>(
    `SELECT id, group_id AS groupId, split FROM photos JOIN split_groups ON photo_id = id
     WHERE label_id IS NOT NULL AND split IS NOT NULL AND group_id IN (${straddlingGroups})`,
  );
  const groups = new Map<number, typeof rows>();
  for (const row of rows) groups.set(row.groupId, [...(groups.get(row.groupId) ?? []), row]);
  const splits = new Map<number, Split | null>();
  for (const members of groups.values()) {
    const target = mostFrequent(members.map(({ split }) => split));
    const touchesLock = isLocked && members.some(({ split }) => split === 'test');
    for (const { id, split } of members) {
      if (!touchesLock) splits.set(id, target);
      // A copy of a test photo must not be learned from, and nothing joins a locked test set.
      else if (split !== 'test') splits.set(id, null);
    }
  }
  return changePhotos(database, [...splits.keys()], ({ id }) => ({
    split: splits.get(id) ?? null,
  }));
}

/** Groups with photos in more than one split, as SQL. */
export const straddlingGroups = `
  SELECT group_id FROM split_groups JOIN photos ON photos.id = split_groups.photo_id
  WHERE label_id IS NOT NULL AND split IS NOT NULL AND excluded = 0
  GROUP BY group_id HAVING count(DISTINCT split) > 1`;

function mostFrequent(values: readonly Split[]): Split {
  const counts = new Map<Split, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  // Ties go to training: a test set is not to be inflated by copies.
  const order: readonly Split[] = ['train', 'validation', 'test'];
  return [...order].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))[0] ?? 'train';
}

const groupKey = (groupId: number) => `group ${groupId}`;
const sourceKey = (source: string) => `source ${source}`;

function keysOf({ groupId, source }: LabeledRow): string[] {
  return [
    ...(groupId === null ? [] : [groupKey(groupId)]),
    ...(source === null ? [] : [sourceKey(source)]),
  ];
}

/**
 * Where the groups and sources of these photos are already. A test photo's place outweighs others. A
 * photo that lost its label counts too: it comes back to its split with the next label.
 */
function placesOf(
  database: Database,
  waiting: readonly LabeledRow[],
  by: SplitSource,
): Map<string, Split> {
  const places = new Map<string, Split>();
  const groupIds = JSON.stringify(waiting.flatMap(({ groupId }) => groupId ?? []));
  const ofGroups = database.all<{ groupId: number; split: Split }>(
    `SELECT group_id AS groupId, min(split) AS split
     FROM split_groups JOIN photos ON photos.id = photo_id
     WHERE group_id IN (SELECT value FROM json_each(?))
       AND split IS NOT NULL
     GROUP BY group_id`,
    [groupIds],
  );
  for (const { groupId, split } of ofGroups) places.set(groupKey(groupId), split);
  if (by === 'none') return places;
  const wanted = JSON.stringify([...new Set(waiting.flatMap(({ source }) => source ?? []))]);
  const ofSources = database.all<{ source: string; split: Split }>(
    `SELECT source, min(split) AS split FROM (${selectPhotos(by)} WHERE split IS NOT NULL)
     WHERE source IN (SELECT value FROM json_each(?)) GROUP BY source`,
    [wanted],
  );
  for (const { source, split } of ofSources) places.set(sourceKey(source), split);
  return places;
}

function readCounts(database: Database): Map<number, SplitCounts> {
  const counts = new Map<number, SplitCounts>();
  for (const { labelId, split, count } of database.all<{
    labelId: number;
    split: Split;
    count: number;
  }>(
    `SELECT label_id AS labelId, split, count(*) AS count FROM photos
     WHERE label_id IS NOT NULL AND split IS NOT NULL GROUP BY label_id, split`,
  )) {
    const known = counts.get(labelId) ?? { train: 0, validation: 0, test: 0 };
    counts.set(labelId, { ...known, [split]: count });
  }
  return counts;
}

/** Groups and sources that share a photo are one unit. */
function deal(
  rows: readonly LabeledRow[],
  { ratio, seed }: SplitSettings,
  {
    counts,
    placed,
    isLocked,
  }: { counts: Map<number, SplitCounts>; placed: ReadonlyMap<string, Split>; isLocked: boolean },
): Map<number, Split> {
  const unitOf = joinKeys(rows.map(keysOf));
  const places = new Map<string, Split | undefined>();
  for (const [key, split] of placed) {
    const unit = unitOf(key);
    const isHeldOut = isLocked && split === 'test';
    if (isHeldOut || !places.has(unit)) places.set(unit, isHeldOut ? undefined : split);
  }
  const photos = rows.map((row): PhotoToDeal => {
    const [key] = keysOf(row);
    return {
      id: row.id,
      labelId: row.labelId,
      order: hashText(`${seed}:${row.sha256}`),
      ...(key === undefined ? {} : { unit: unitOf(key) }),
    };
  });
  return dealPhotos(photos, { counts, ratio: openShares(ratio, isLocked), placed: places });
}

/** The name of all that is joined to a key, directly or by way of others. */
function joinKeys(joined: readonly string[][]): (key: string) => string {
  const parents = new Map<string, string>();
  const find = (key: string): string => {
    let root = key;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    return root;
  };
  for (const [first, ...others] of joined) {
    for (const other of others) {
      const [a, b] = [find(first ?? other), find(other)];
      if (a !== b) parents.set(b, a);
    }
  }
  return find;
}

/** Labeled photos that can be learned from, with the number of what each stays together with. */
export function readUnits(
  database: Database,
): { photoId: number; labelId: number; unit: number }[] {
  const { by } = readSplitSettings(database);
  const rows = database.all<LabeledRow>(
    `${selectLabeled(by)} AND excluded = 0 AND missing = 0 AND conflict IS NULL ORDER BY photos.id`,
  );
  const unitOf = joinKeys(rows.map(keysOf));
  const numbers = new Map<string, number>();
  return rows.map((row) => {
    const [key] = keysOf(row);
    const unit = key === undefined ? `photo ${row.id}` : unitOf(key);
    const number = numbers.get(unit) ?? numbers.size;
    numbers.set(unit, number);
    return { photoId: row.id, labelId: row.labelId, unit: number };
  });
}
