import type { LabelId } from '../../../../shared/domain/label';
import { foldName } from '../label-repository';

export interface LabelNames {
  labels: readonly string[];
  labelIds?: readonly LabelId[] | undefined;
}

/**
 * For each label of `from` its place in `to`: the label of that name, else the one that had its id
 * and was renamed; undefined when it is gone. No two get the same.
 */
export function matchLabels(from: LabelNames, to: LabelNames): (number | undefined)[] {
  const places = new Map(to.labels.map((name, index) => [foldName(name), index]));
  const byName = from.labels.map((name) => places.get(foldName(name)));
  const taken = new Set(byName);
  return byName.map((match, index) => {
    if (match !== undefined) return match;
    const id = from.labelIds?.[index];
    const renamed = id === undefined ? -1 : (to.labelIds?.indexOf(id) ?? -1);
    return renamed < 0 || taken.has(renamed) ? undefined : renamed;
  });
}
