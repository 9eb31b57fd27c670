import type {
  VersionChangeKind,
  VersionContent,
  VersionPhoto,
} from '../../../../shared/domain/dataset-version';
import { matchLabels } from './match-labels';

export interface PhotoDifference {
  before?: VersionPhoto;
  after?: VersionPhoto;
}

export interface VersionDifference {
  /** Each ascending by photo id. */
  kinds: Record<VersionChangeKind, PhotoDifference[]>;
  /** Photos that are in both, with the same label and split. */
  same: number;
  renamedLabels: { from: string; to: string }[];
  addedLabels: string[];
  removedLabels: string[];
}

/**
 * Walks both lists of photos once, side by side. A label that was only renamed does not make its
 * photos relabeled.
 */
export function compareVersions(first: VersionContent, second: VersionContent): VersionDifference {
  const matches = matchLabels(first, second);
  const kinds: VersionDifference['kinds'] = { added: [], removed: [], relabeled: [], moved: [] };
  let same = 0;
  let [left, right] = [0, 0];
  while (left < first.photos.length || right < second.photos.length) {
    const before = first.photos[left];
    const after = second.photos[right];
    if (before && (!after || before.photoId < after.photoId)) {
      kinds.removed.push({ before });
      left += 1;
    } else if (after && (!before || after.photoId < before.photoId)) {
      kinds.added.push({ after });
      right += 1;
    } else if (before && after) {
      const isRelabeled = matches[before.labelIndex] !== after.labelIndex;
      const isMoved = before.split !== after.split;
      if (isRelabeled) kinds.relabeled.push({ before, after });
      if (isMoved) kinds.moved.push({ before, after });
      if (!isRelabeled && !isMoved) same += 1;
      left += 1;
      right += 1;
    }
  }
  const matched = new Set(matches);
  return {
    kinds,
    same,
    renamedLabels: first.labels.flatMap((from, index) => {
      const to = second.labels[matches[index] ?? -1];
      return to === undefined || to === from ? [] : [{ from, to }];
    }),
    addedLabels: second.labels.filter((_, index) => !matched.has(index)),
    removedLabels: first.labels.filter((_, index) => matches[index] === undefined),
  };
}
