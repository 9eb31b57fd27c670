import { throwIfCancelled } from '../../shared/api/errors';
import { createDisjointSets } from '../engine/curation/disjoint-sets';
import { hashList } from '../engine/curation/hash-neighbors';
import { groupsOfMany, similarGroups } from '../engine/curation/similar-groups';
import type { TaskImplementation } from './task-context';

/** Near duplicates and bursts as far as hashes, times and cameras tell, joined to known groups. */
export const groupPhotos: TaskImplementation<'group-photos'> = async (input, context) => {
  const { hashes, takenAt, camera, studioCamera, known } = input;
  const checkpoint = () => throwIfCancelled(context.signal);
  const found = similarGroups({
    hashes: hashList(hashes),
    takenAt,
    camera,
    studioCamera,
    checkpoint,
  });
  const joined = createDisjointSets(hashes.length);
  found.together.forEach((group, place) => joined.join(group, place));
  known.forEach((group, place) => {
    if (group >= 0) joined.join(group, place);
  });
  return { groups: groupsOfMany(joined.groups()) };
};
