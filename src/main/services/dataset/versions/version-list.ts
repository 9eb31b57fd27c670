import { z } from 'zod';
import type { VersionSummary } from '../../../../shared/api/versions-api';
import type { DatasetVersion, VersionContent } from '../../../../shared/domain/dataset-version';
import type { Model } from '../../../../shared/domain/model';
import type { Database } from '../../../platform/database/database';

type LabelCounts = [train: number, validation: number, test: number];

/** Where in a row a split is counted. */
const places = { train: 0, validation: 1, test: 2 } as const;

const storedCountsSchema = z.array(z.tuple([z.int(), z.int(), z.int()]));

interface SummaryRow {
  id: string;
  created_at: string;
  labels: string;
  counts: string | null;
  note: string;
}

/** Photos of each label in each split, in the order of the labels. */
export function countPhotos({ labels, photos }: VersionContent): LabelCounts[] {
  const counts = labels.map((): LabelCounts => [0, 0, 0]);
  for (const { labelIndex, split } of photos) {
    const ofLabel = counts[labelIndex];
    if (ofLabel) ofLabel[places[split]] += 1;
  }
  return counts;
}

/**
 * All versions, newest first, without unpacking one; those from before counts were kept are unpacked
 * by `get` once.
 */
export function listVersions(
  database: Database,
  models: readonly Model[],
  get: (id: string) => DatasetVersion,
): VersionSummary[] {
  const rows = database.all<SummaryRow>(
    'SELECT id, created_at, labels, counts, note FROM dataset_versions ORDER BY rowid DESC',
  );
  return rows.map((row) => {
    const counts = row.counts === null ? countAnew(database, get(row.id)) : readCounts(row.counts);
    const names = z.array(z.string()).parse(JSON.parse(row.labels));
    const sums = [0, 1, 2].map((split) => counts.reduce((sum, of) => sum + (of[split] ?? 0), 0));
    const [train = 0, validation = 0, test = 0] = sums;
    return {
      id: row.id,
      createdAt: row.created_at,
      note: row.note,
      photos: train + validation + test,
      splits: { train, validation, test },
      labels: names.map((name, index) => {
        const [inTrain, inValidation, inTest] = counts[index] ?? [0, 0, 0];
        return { name, train: inTrain, validation: inValidation, test: inTest };
      }),
      models: models
        .filter(({ versionId, parentId }) => versionId === row.id && parentId === undefined)
        .map(({ id, name }) => ({ id, name })),
    };
  });
}

const readCounts = (counts: string) => storedCountsSchema.parse(JSON.parse(counts));

function countAnew(database: Database, version: DatasetVersion): LabelCounts[] {
  const counts = countPhotos(version);
  database.run('UPDATE dataset_versions SET counts = ? WHERE id = ?', [
    JSON.stringify(counts),
    version.id,
  ]);
  return counts;
}

export function readNote(database: Database, id: string): string {
  const sql = 'SELECT note FROM dataset_versions WHERE id = ?';
  return database.get<{ note: string }>(sql, [id])?.note ?? '';
}

/** False when there is no such version. */
export function writeNote(database: Database, id: string, note: string): boolean {
  return (
    database.run('UPDATE dataset_versions SET note = ? WHERE id = ?', [note, id]).changes === 1
  );
}
