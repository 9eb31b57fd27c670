import type { RestorePlan } from '../../../../shared/api/versions-api';
import type { DatasetVersion } from '../../../../shared/domain/dataset-version';
import type { Label } from '../../../../shared/domain/label';
import type { PhotoId } from '../../../../shared/domain/photo';
import type { Split } from '../../../../shared/domain/split';
import type { Database } from '../../../platform/database/database';
import type { Patch } from '../edits/history';
import type { LabelRepository } from '../label-repository';
import { changePhotos } from '../photos/photo-states';
import { matchLabels } from './match-labels';

export interface Restoration {
  plan: RestorePlan;
  /** Photos would join or leave the test set. */
  changesTest: boolean;
  /** Writes it and tells what changed. */
  apply(): Patch;
}

interface PhotoRow {
  id: PhotoId;
  labelId: number | null;
  split: Split | null;
  excluded: number;
  missing: number;
  conflict: string | null;
}

const namedPhotos = 100;

/**
 * What it takes so that freezing now would give this version again: its photos get their labels and
 * splits and are taken in; other photos with a label are left out and keep it, so that no work is
 * lost; its labels are there under their names, in its order.
 */
export function prepareRestore(
  database: Database,
  labels: LabelRepository,
  version: DatasetVersion,
): Restoration {
  const present = labels.all();
  const matches = matchLabels(version, {
    labels: present.map(({ name }) => name),
    labelIds: present.map(({ id }) => id),
  }).map((place) => (place === undefined ? undefined : present[place]));
  const wanted = new Map(version.photos.map((photo) => [photo.photoId, photo]));
  const rows = database.all<PhotoRow>(
    `SELECT id, label_id AS labelId, split, excluded, missing, conflict FROM photos
     WHERE label_id IS NOT NULL OR id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify([...wanted.keys()])],
  );

  const plan: RestorePlan = {
    relabeled: 0,
    moved: 0,
    included: 0,
    excluded: 0,
    newLabels: version.labels.filter((_, index) => matches[index] === undefined),
    renamedLabels: version.labels.flatMap((to, index) => {
      const from = matches[index]?.name;
      return from === undefined || from === to ? [] : [{ from, to }];
    }),
    missing: 0,
    missingNames: [],
    isSame: false,
  };
  const toRestore: PhotoId[] = [];
  const toExclude: PhotoId[] = [];
  const missing: PhotoId[] = [];
  let changesTest = false;
  for (const row of rows) {
    const photo = wanted.get(row.id);
    const isTested = row.split === 'test' && row.labelId !== null && !row.excluded;
    if (isTested !== (photo?.split === 'test')) changesTest = true;
    if (!photo) {
      if (!row.excluded && row.conflict === null) toExclude.push(row.id);
      continue;
    }
    const isRelabeled = row.labelId !== matches[photo.labelIndex]?.id;
    const isMoved = row.split !== photo.split;
    if (isRelabeled) plan.relabeled += 1;
    if (isMoved) plan.moved += 1;
    if (row.excluded) plan.included += 1;
    if (row.missing) missing.push(row.id);
    if (isRelabeled || isMoved || row.excluded || row.conflict !== null) toRestore.push(row.id);
  }
  plan.excluded = toExclude.length;
  plan.missing = missing.length;
  plan.missingNames = namesOf(database, missing.slice(0, namedPhotos));
  plan.isSame =
    toRestore.length + toExclude.length + plan.newLabels.length + plan.renamedLabels.length === 0 &&
    isInOrder(matches.flatMap((label) => label ?? []));

  return {
    plan,
    changesTest,
    apply() {
      const restored = restoreLabels(labels, version.labels, matches);
      const photos = [
        ...changePhotos(database, toRestore, ({ id }) => {
          const photo = wanted.get(id);
          if (!photo) return {};
          const labelId = restored[photo.labelIndex]?.id ?? null;
          return { labelId, split: photo.split, excluded: 0, conflict: null };
        }),
        ...changePhotos(database, toExclude, () => ({ excluded: 1 })),
      ];
      return { labels: differenceOf(present, labels.all()), photos };
    },
  };
}

/** The labels of the version, in its order, as they are then. */
function restoreLabels(
  labels: LabelRepository,
  names: readonly string[],
  matches: readonly (Label | undefined)[],
): Label[] {
  const restored = names.map((name, index) => {
    const known = matches[index];
    const label = known ? { ...known, name } : labels.draft(name);
    labels.put(label);
    return label;
  });
  if (!isInOrder(restored)) {
    const ids = new Set(restored.map(({ id }) => id));
    const others = labels.all().filter(({ id }) => !ids.has(id));
    [...restored, ...others].forEach((label, position) => labels.put({ ...label, position }));
  }
  return restored;
}

function isInOrder(labels: readonly Label[]): boolean {
  return labels.every(
    ({ position }, index) => index === 0 || position > (labels[index - 1]?.position ?? 0),
  );
}

function differenceOf(before: readonly Label[], after: readonly Label[]): Patch['labels'] {
  const known = new Map(before.map((label) => [label.id, label]));
  return after
    .map((label) => ({ before: known.get(label.id), after: label }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

function namesOf(database: Database, ids: readonly PhotoId[]): string[] {
  return database
    .all<{ name: string }>(
      `SELECT file_name AS name FROM photos WHERE id IN (SELECT value FROM json_each(?))
       ORDER BY file_name COLLATE NOCASE`,
      [JSON.stringify(ids)],
    )
    .map(({ name }) => name);
}
