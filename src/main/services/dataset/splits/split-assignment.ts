import { z } from 'zod';
import { hashText } from '../../../../shared/domain/random';
import {
  defaultSplitRatio,
  nextSplit,
  type Split,
  splitRatioSchema,
} from '../../../../shared/domain/split';
import type { Database } from '../../../platform/database/database';
import { changeSetting, readSetting, type SettingChange } from '../edits/settings';
import { changePhotos, type PhotoChange } from '../photos/photo-states';

const settingsKey = 'dataset.split';

export const splitSettingsSchema = z.object({ ratio: splitRatioSchema, seed: z.int() });
export type SplitSettings = z.infer<typeof splitSettingsSchema>;

export function readSplitSettings(database: Database): SplitSettings {
  const stored = readSetting(database, settingsKey);
  if (stored === undefined) return { ratio: defaultSplitRatio, seed: 1 };
  return splitSettingsSchema.parse(JSON.parse(stored));
}

export function changeSplitSettings(database: Database, settings: SplitSettings): SettingChange[] {
  return changeSetting(database, settingsKey, JSON.stringify(settings));
}

interface Dealt {
  id: number;
  sha256: string;
  labelId: number;
  /** Its group of near duplicates and bursts, by the newest analysis. */
  groupId: number | null;
}

const selectDealt = `
  SELECT id, sha256, label_id AS labelId, duplicate_group AS groupId
  FROM photos LEFT JOIN photo_analysis ON photo_id = photos.id`;

/**
 * Gives every labeled photo that has no split one, class by class, in an order drawn from a seeded
 * hash of its bytes. Near duplicates and shots of one burst, as far as an analysis knows them, go
 * where the first of them is. Photos that have a split keep it.
 */
export function dealMissingSplits(database: Database): PhotoChange[] {
  const waiting = database.all<Dealt>(
    `${selectDealt} WHERE split IS NULL AND label_id IS NOT NULL`,
  );
  if (waiting.length === 0) return [];
  const counts = new Map<number, Record<Split, number>>();
  for (const row of database.all<{ labelId: number; split: Split; count: number }>(
    `SELECT label_id AS labelId, split, count(*) AS count FROM photos
     WHERE label_id IS NOT NULL AND split IS NOT NULL GROUP BY label_id, split`,
  )) {
    countsOf(counts, row.labelId)[row.split] = row.count;
  }
  const splits = deal(
    waiting,
    counts,
    readSplitSettings(database),
    splitsOfGroups(database, waiting),
  );
  return changePhotos(database, [...splits.keys()], ({ id }) => ({
    split: splits.get(id) ?? null,
  }));
}

/**
 * Deals all labeled photos again, groups together; the others lose their split, to be dealt when
 * labeled.
 */
export function splitAnew(database: Database, settings: SplitSettings): PhotoChange[] {
  const labeled = database.all<Dealt>(`${selectDealt} WHERE label_id IS NOT NULL`);
  const splits = deal(labeled, new Map(), settings, new Map());
  const leftover = database.all<{ id: number }>(
    'SELECT id FROM photos WHERE label_id IS NULL AND split IS NOT NULL',
  );
  const ids = [...splits.keys(), ...leftover.map(({ id }) => id)];
  return changePhotos(database, ids, ({ id }) => ({ split: splits.get(id) ?? null }));
}

/** Where the groups of these photos are already. */
function splitsOfGroups(database: Database, waiting: readonly Dealt[]): Map<number, Split> {
  const groupIds = waiting.flatMap(({ groupId }) => groupId ?? []);
  const rows = database.all<{ groupId: number; split: Split }>(
    `SELECT duplicate_group AS groupId, min(split) AS split
     FROM photos JOIN photo_analysis ON photo_id = photos.id
     WHERE duplicate_group IN (SELECT value FROM json_each(?))
       AND split IS NOT NULL AND label_id IS NOT NULL
     GROUP BY duplicate_group`,
    [JSON.stringify(groupIds)],
  );
  return new Map(rows.map(({ groupId, split }) => [groupId, split]));
}

/**
 * `counts` by label id: what each class has already; `groups`: where each group is. Both are kept up
 * to date.
 */
function deal(
  photos: readonly Dealt[],
  counts: Map<number, Record<Split, number>>,
  { ratio, seed }: SplitSettings,
  groups: Map<number, Split>,
): Map<number, Split> {
  const splits = new Map<number, Split>();
  const drawn = photos.map((photo) => ({ photo, order: hashText(`${seed}:${photo.sha256}`) }));
  drawn.sort((a, b) => a.order - b.order || (a.photo.sha256 < b.photo.sha256 ? -1 : 1));
  for (const { photo } of drawn) {
    const ofLabel = countsOf(counts, photo.labelId);
    const known = photo.groupId === null ? undefined : groups.get(photo.groupId);
    const split = known ?? nextSplit(ofLabel, ratio);
    if (photo.groupId !== null) groups.set(photo.groupId, split);
    ofLabel[split] += 1;
    splits.set(photo.id, split);
  }
  return splits;
}

function countsOf(
  counts: Map<number, Record<Split, number>>,
  labelId: number,
): Record<Split, number> {
  const known = counts.get(labelId) ?? { train: 0, validation: 0, test: 0 };
  counts.set(labelId, known);
  return known;
}
