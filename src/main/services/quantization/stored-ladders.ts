import type { ModelId } from '../../../shared/domain/model';
import { type Ladder, ladderSchema } from '../../../shared/domain/quantization-ladder';
import type { Database } from '../../platform/database/database';

const keyOf = (modelId: ModelId) => `ladder.${modelId}`;

/** The last climb from a float model. */
export function readLadder(database: Database, modelId: ModelId): Ladder | undefined {
  const row = database.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [
    keyOf(modelId),
  ]);
  return row && ladderSchema.parse(JSON.parse(row.value));
}

export function writeLadder(database: Database, ladder: Ladder): void {
  database.run('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', [
    keyOf(ladder.parentId),
    JSON.stringify(ladder),
  ]);
}
