import { throwIfCancelled } from '../../shared/api/errors';
import { measureLeakWorth } from '../engine/curation/leak-worth';
import { pickRows } from '../engine/curation/rows';
import type { TaskImplementation } from './task-context';

/** Of the photos that have features; the others cannot be trained on yet. */
export const measureLeak: TaskImplementation<'measure-leak'> = async (input, context) => {
  const { embedding, photoIds, classes, testShare, repeats, seed } = input;
  const places = new Map([...embedding.photoIds].map((photoId, place) => [photoId, place]));
  const known = [...photoIds.keys()].filter((row) => places.has(photoIds[row] ?? 0));
  const all = {
    count: embedding.photoIds.length,
    width: embedding.dimensions,
    data: embedding.vectors,
  };
  const picked = Int32Array.from(known, (row) => places.get(photoIds[row] ?? 0) ?? 0);
  const units = Int32Array.from(known, (row) => input.units[row] ?? 0);
  const answer = measureLeakWorth({
    rows: pickRows(all, picked),
    labels: Int32Array.from(known, (row) => input.labels[row] ?? 0),
    classes,
    units,
    testShare,
    repeats,
    seed,
    checkpoint: () => throwIfCancelled(context.signal),
    onProgress: (done, total) => context.report({ done, total }),
  });
  return { ...answer, photos: known.length, groups: groupsIn(units) };
};

/** Units of more than one row. */
function groupsIn(units: Int32Array): number {
  const counts = new Map<number, number>();
  for (const unit of units) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1).length;
}
