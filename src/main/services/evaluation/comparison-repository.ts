import { AppError } from '../../../shared/api/errors';
import {
  type Comparison,
  type ComparisonSummary,
  comparisonSchema,
} from '../../../shared/domain/comparison';
import type { ModelId } from '../../../shared/domain/model';
import {
  type PackedComparison,
  packComparison,
  packedComparisonSchema,
  unpackComparison,
} from '../../../shared/domain/packed-comparison';
import type { Database } from '../../platform/database/database';
import type { Comparisons } from '../ports';
import { type ComparisonDigest, photosKey, readDigest, writeDigest } from './comparison-digest';

export interface Measurement extends ComparisonDigest {
  /** Of all photos that were answered: `photosKey`. */
  photos: string;
}

export interface ComparisonRepository extends Omit<Comparisons, 'testPhotos'> {
  /** Newest first. */
  list(): ComparisonSummary[];
  /** Newest first, at most `count`: what was measured of each model, and on which photos. */
  measured(count: number): Measurement[];
  /** As it is stored. @throws AppError 'not-found'. */
  packed(id: string): PackedComparison;
  /** @throws AppError 'not-found'. */
  setNote(id: string, note: string): void;
  /** Stores a comparison under the next free id and returns it. */
  save(comparison: Omit<Comparison, 'id'>): Comparison;
}

/** Where a note is kept. */
const noteTables = [
  ['comparison_digests', 'digest'],
  ['comparisons', 'record'],
] as const;

export function createComparisonRepository(database: Database): ComparisonRepository {
  function packed(id: string): PackedComparison {
    const row = database.get<{ record: string }>('SELECT record FROM comparisons WHERE id = ?', [
      id,
    ]);
    if (!row) throw noComparison(id);
    const record: unknown = JSON.parse(row.record);
    if (!hasListedAnswers(record)) return packedComparisonSchema.parse(record);
    // Saved before answers were packed: read that way once.
    const found = packComparison(comparisonSchema.parse(record));
    const text = JSON.stringify(found);
    database.run('UPDATE comparisons SET record = ? WHERE id = ?', [text, id]);
    return found;
  }

  const get = (id: string): Comparison =>
    unpackComparison(packed(id), (text) => Uint8Array.from(Buffer.from(text, 'base64')));

  return {
    list: () =>
      database
        .all<{ digest: string }>('SELECT digest FROM comparison_digests ORDER BY rowid DESC')
        .map(({ digest }) => {
          const { id, createdAt, split, verdict, note, models } = readDigest(digest);
          const modelIds = models.map(({ modelId }) => modelId);
          return { id, createdAt, split, verdict, note, modelIds };
        }),

    measured: (count) =>
      database
        .all<{ digest: string; photos: string }>(
          'SELECT digest, photos FROM comparison_digests ORDER BY rowid DESC LIMIT ?',
          [count],
        )
        .map(({ digest, photos }) => ({ ...readDigest(digest), photos })),

    get,
    packed,

    latestWith(modelId: ModelId) {
      const newest = database.get<{ id: string }>(
        `SELECT id FROM comparison_digests
         WHERE EXISTS (SELECT 1 FROM json_each(digest, '$.models') AS model
                 WHERE json_extract(model.value, '$.modelId') = ?)
         ORDER BY rowid DESC LIMIT 1`,
        [modelId],
      );
      return newest && get(newest.id);
    },

    setNote(id, note) {
      database.transaction(() => {
        for (const [table, column] of noteTables) {
          const { changes } = database.run(
            `UPDATE ${table} SET ${column} = json_set(${column}, '$.note', ?) WHERE id = ?`,
            [note, id],
          );
          if (changes === 0) throw noComparison(id);
        }
      });
    },

    save: (comparison) =>
      database.transaction(() => {
        const row = database.get<{ last: number | null }>(
          "SELECT MAX(CAST(substr(id, length('comparison-') + 1) AS INTEGER)) AS last FROM comparisons",
        );
        const saved = { id: `comparison-${(row?.last ?? 0) + 1}`, ...comparison };
        database.run('INSERT INTO comparisons (id, created_at, record) VALUES (?, ?, ?)', [
          saved.id,
          saved.createdAt,
          JSON.stringify(packComparison(saved)),
        ]);
        database.run('INSERT INTO comparison_digests (id, digest, photos) VALUES (?, ?, ?)', [
          saved.id,
          writeDigest(saved),
          photosKey(saved),
        ]);
        return saved;
      }),
  };
}

const hasListedAnswers = (record: unknown): boolean =>
  typeof record === 'object' &&
  record !== null &&
  'answers' in record &&
  Array.isArray(record.answers);

const noComparison = (id: string) =>
  new AppError(
    'not-found',
    `There is no ${id}.`,
    'Choose one from the list, or compare the models again.',
  );
