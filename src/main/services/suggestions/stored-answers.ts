import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import {
  type SuggestionSource,
  suggestionSourceSchema,
} from '../../../shared/domain/suggestion-source';
import type { Database } from '../../platform/database/database';
import type { PhotoAnswers } from '../../workers/tasks/suggestion-tasks';

const storedSchema = z.object({
  run: z.int().positive(),
  /** What they were made from; see `planAnswers`. */
  key: z.string(),
  source: suggestionSourceSchema,
});
/** The answers that count, apart from what they are. */
export type StoredAnswers = z.infer<typeof storedSchema>;

/** The view `photo_answers` reads it. */
const runKey = 'suggestions.run';
const recordKey = 'suggestions.record';
/** Rows deleted at a time: the window is not to be kept waiting. */
const pageSize = 5000;

export function readStored(database: Database): StoredAnswers | undefined {
  const row = database.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [
    recordKey,
  ]);
  return row && storedSchema.parse(JSON.parse(row.value));
}

export function countAnswered(database: Database): number {
  return database.get<{ count: number }>('SELECT count(*) AS count FROM photo_answers')?.count ?? 0;
}

/** A new run's number; what a run that was killed left under it is gone. */
export function beginRun(database: Database): number {
  const run = (readStored(database)?.run ?? 0) + 1;
  database.run('DELETE FROM stored_answers WHERE run = ?', [run]);
  return run;
}

export function putAnswers(database: Database, run: number, answers: PhotoAnswers): void {
  const { photoIds, labelIds, probabilities, uncertainties } = answers;
  if (photoIds.length === 0) return;
  const rows = Array.from(photoIds, (photoId, i) => [
    photoId,
    labelIds[i],
    probabilities[i],
    uncertainties[i],
  ]);
  database.run(
    `INSERT OR REPLACE INTO stored_answers (run, photo_id, label_id, probability, uncertainty)
     SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)`,
    [run, JSON.stringify(rows)],
  );
}

/** From now on the answers of this run count; those before it are cleared away. */
export async function finishRun(database: Database, stored: StoredAnswers): Promise<void> {
  const sql = 'INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)';
  database.transaction(() => {
    database.run(sql, [runKey, String(stored.run)]);
    database.run(sql, [recordKey, JSON.stringify(stored)]);
  });
  for (let left = true; left; ) {
    await nextTurn();
    const { changes } = database.run(
      `DELETE FROM stored_answers WHERE (run, photo_id) IN
         (SELECT run, photo_id FROM stored_answers WHERE run <> ? LIMIT ${pageSize})`,
      [stored.run],
    );
    left = changes > 0;
  }
}

/** What `stored` says, with the model's name as it is now. */
export function nameSource(
  source: SuggestionSource,
  nameOf: (modelId: string) => string | undefined,
): SuggestionSource {
  if (source.kind !== 'model') return source;
  return { ...source, name: nameOf(source.modelId) ?? source.name };
}
