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
}

/**
 * Gives every labeled photo that has no split one, class by class, in an order drawn from a seeded
 * hash of its bytes: neighbors of a burst, which import one after another, spread over the splits.
 * Photos that have a split keep it.
 */
export function dealMissingSplits(database: Database): PhotoChange[] {
  const waiting = database.all<Dealt>(
    'SELECT id, sha256, label_id AS labelId FROM photos WHERE split IS NULL AND label_id IS NOT NULL',
  );
  if (waiting.length === 0) return [];
  const counts = new Map<number, Record<Split, number>>();
  for (const row of database.all<{ labelId: number; split: Split; count: number }>(
    `SELECT label_id AS labelId, split, count(*) AS count FROM photos
     WHERE label_id IS NOT NULL AND split IS NOT NULL GROUP BY label_id, split`,
  )) {
    countsOf(counts, row.labelId)[row.split] = row.count;
  }
  const splits = deal(waiting, counts, readSplitSettings(database));
  return changePhotos(database, [...splits.keys()], ({ id }) => ({
    split: splits.get(id) ?? null,
  }));
}

/** Deals all labeled photos again; the others lose their split, to be dealt when labeled. */
export function splitAnew(database: Database, settings: SplitSettings): PhotoChange[] {
  const labeled = database.all<Dealt>(
    'SELECT id, sha256, label_id AS labelId FROM photos WHERE label_id IS NOT NULL',
  );
  const splits = deal(labeled, new Map(), settings);
  const leftover = database.all<{ id: number }>(
    'SELECT id FROM photos WHERE label_id IS NULL AND split IS NOT NULL',
  );
  const ids = [...splits.keys(), ...leftover.map(({ id }) => id)];
  return changePhotos(database, ids, ({ id }) => ({ split: splits.get(id) ?? null }));
}

/** `counts` by label id: what each class has already; counted on. */
function deal(
  photos: readonly Dealt[],
  counts: Map<number, Record<Split, number>>,
  { ratio, seed }: SplitSettings,
): Map<number, Split> {
  const splits = new Map<number, Split>();
  const drawn = photos.map((photo) => ({ photo, order: hashText(`${seed}:${photo.sha256}`) }));
  drawn.sort((a, b) => a.order - b.order || (a.photo.sha256 < b.photo.sha256 ? -1 : 1));
  for (const { photo } of drawn) {
    const ofLabel = countsOf(counts, photo.labelId);
    const split = nextSplit(ofLabel, ratio);
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
