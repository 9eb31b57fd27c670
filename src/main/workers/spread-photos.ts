import { throwIfCancelled } from '../../shared/api/errors';
import { createRandom } from '../../shared/domain/random';
import { pickRows } from '../engine/curation/rows';
import { spreadRows } from '../engine/curation/spread-rows';
import type { TaskImplementation } from './task-context';

export const spreadPhotos: TaskImplementation<'spread-photos'> = async (input, { signal }) => {
  const { embedding, count, seed } = input;
  const places = new Map([...embedding.photoIds].map((photoId, place) => [photoId, place]));
  const known = input.photoIds.filter((photoId) => places.has(photoId));
  const all = {
    count: embedding.photoIds.length,
    width: embedding.dimensions,
    data: embedding.vectors,
  };
  const rows = pickRows(
    all,
    known.map((photoId) => places.get(photoId) ?? 0),
  );
  const first = createRandom(seed).index(Math.max(1, known.length));
  const chosen = spreadRows(rows, count, first, () => throwIfCancelled(signal));
  return { photoIds: chosen.map((row) => known[row] ?? 0) };
};
