import { z } from 'zod';
import { AppError } from '../../../shared/api/errors';
import {
  type Comparison,
  type ComparisonSummary,
  comparisonSchema,
  comparisonSummarySchema,
  modelResultSchema,
} from '../../../shared/domain/comparison';
import type { ModelId } from '../../../shared/domain/model';
import { photoIdSchema } from '../../../shared/domain/photo';
import type { Database } from '../../platform/database/database';
import type { Comparisons } from '../ports';

const measurementSchema = comparisonSchema.pick({ id: true, split: true, generated: true }).extend({
  /** Of all photos that were answered. */
  photoIds: z.array(photoIdSchema),
  models: z.array(modelResultSchema.omit({ classes: true, confusion: true })),
});
export type Measurement = z.infer<typeof measurementSchema>;

export interface ComparisonRepository extends Omit<Comparisons, 'testPhotos'> {
  /** Newest first. */
  list(): ComparisonSummary[];
  /** Newest first, at most `count`: what was measured of each model, and on which photos. */
  measured(count: number): Measurement[];
  /** @throws AppError 'not-found'. */
  setNote(id: string, note: string): void;
  /** Stores a comparison under the next free id and returns it. */
  save(comparison: Omit<Comparison, 'id'>): Comparison;
}

export function createComparisonRepository(database: Database): ComparisonRepository {
  /** A comparison's figures never change, and reading thousands of answers takes its time. */
  const measurements = new Map<string, Measurement>();

  return {
    list: () =>
      database
        .all<{ summary: string }>(
          // Answers and flips make up nearly all of a record; a list must not read them.
          `SELECT json_object(
       'id', id, 'createdAt', created_at,
       'split', json_extract(record, '$.split'),
       'verdict', json_extract(record, '$.verdict'),
       'note', coalesce(json_extract(record, '$.note'), ''),
       'modelIds', (SELECT json_group_array(json_extract(model.value, '$.modelId'))
                    FROM json_each(record, '$.models') AS model)
     ) AS summary FROM comparisons ORDER BY rowid DESC`,
        )
        .map(({ summary }) => comparisonSummarySchema.parse(JSON.parse(summary))),

    measured: (count) =>
      database
        .all<{ id: string }>('SELECT id FROM comparisons ORDER BY rowid DESC LIMIT ?', [count])
        .map(({ id }) => {
          const measurement = measurements.get(id) ?? readMeasurement(database, id);
          measurements.set(id, measurement);
          return measurement;
        }),

    get(id) {
      const row = database.get<{ record: string }>('SELECT record FROM comparisons WHERE id = ?', [
        id,
      ]);
      if (!row) throw noComparison(id);
      return comparisonSchema.parse(JSON.parse(row.record));
    },

    latestWith(modelId: ModelId) {
      const row = database.get<{ record: string }>(
        `SELECT record FROM comparisons
         WHERE EXISTS (SELECT 1 FROM json_each(record, '$.models') AS model
                 WHERE json_extract(model.value, '$.modelId') = ?)
         ORDER BY rowid DESC LIMIT 1`,
        [modelId],
      );
      return row && comparisonSchema.parse(JSON.parse(row.record));
    },

    setNote(id, note) {
      const { changes } = database.run(
        "UPDATE comparisons SET record = json_set(record, '$.note', ?) WHERE id = ?",
        [note, id],
      );
      if (changes === 0) throw noComparison(id);
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
          JSON.stringify(saved),
        ]);
        return saved;
      }),
  };
}

function readMeasurement(database: Database, id: string): Measurement {
  const row = database.get<{ measurement: string }>(
    // Probabilities, flips and matrices stay where they are.
    `SELECT json_object(
       'id', id,
       'split', json_extract(record, '$.split'),
       'generated', json(iif(json_extract(record, '$.generated'), 'true', 'false')),
       'photoIds', (SELECT json_group_array(json_extract(answer.value, '$.photoId'))
                    FROM json_each(record, '$.answers') AS answer),
       'models', (SELECT json_group_array(json_remove(model.value, '$.classes', '$.confusion'))
                  FROM json_each(record, '$.models') AS model)
     ) AS measurement FROM comparisons WHERE id = ?`,
    [id],
  );
  if (!row) throw noComparison(id);
  return measurementSchema.parse(JSON.parse(row.measurement));
}

const noComparison = (id: string) =>
  new AppError(
    'not-found',
    `There is no ${id}.`,
    'Choose one from the list, or compare the models again.',
  );
