import type { ModelId } from '../../../shared/domain/model';
import { type Ladder, ladderSchema } from '../../../shared/domain/quantization-ladder';
import type { Database } from '../../platform/database/database';
import { readStored, writeStored } from '../../platform/database/stored-value';

const keyOf = (modelId: ModelId) => `ladder.${modelId}`;

/** The last climb from a float model. */
export function readLadder(database: Database, modelId: ModelId): Ladder | undefined {
  return readStored(database, keyOf(modelId), ladderSchema);
}

export function writeLadder(database: Database, ladder: Ladder): void {
  writeStored(database, keyOf(ladder.parentId), ladder);
}
