import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/api/errors';
import { frame, layOutRows } from '../engine/curation/map/lay-out-rows';
import { pickRows, type Rows } from '../engine/curation/rows';
import type { TaskImplementation } from './task-context';
import type { EmbeddedPhotos } from './tasks';

/** So long the thread works before it looks for a cancel. */
const turnMs = 100;

export const layOutMap: TaskImplementation<'lay-out-map'> = async (input, context) => {
  const { embedding, seed } = input;
  const { photoIds, rows } = wantedRows(embedding, input.photoIds);
  throwIfCancelled(context.signal);
  const layout = layOutRows(rows, seed, {
    checkpoint: () => throwIfCancelled(context.signal),
    onProgress: (done) => context.report({ step: 'neighbors', done, total: rows.count }),
  });
  const { positions, epochs, method } = layout;
  let turn = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    if (performance.now() - turn > turnMs) {
      context.report({ step: 'arranging', done: epoch, total: epochs });
      await nextTurn();
      throwIfCancelled(context.signal);
      turn = performance.now();
    }
    layout.run(epoch);
  }
  frame(positions);
  return { photoIds, positions, method };
};

/** Without a copy where all embedded photos are wanted. */
function wantedRows(
  { photoIds, dimensions: width, vectors }: EmbeddedPhotos,
  wanted: Uint32Array,
): { photoIds: Uint32Array; rows: Rows } {
  const rows: Rows = { count: photoIds.length, width, data: vectors };
  const asked = new Set(wanted);
  const kept = Int32Array.from([...photoIds.keys()].filter((row) => asked.has(photoIds[row] ?? 0)));
  return {
    // Not on shared memory: what a task answers with is handed over.
    photoIds: Uint32Array.from(kept, (row) => photoIds[row] ?? 0),
    rows: kept.length === photoIds.length ? rows : pickRows(rows, kept),
  };
}
