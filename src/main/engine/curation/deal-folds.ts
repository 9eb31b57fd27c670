import { createRandom } from '../../../shared/domain/random';

export const foldCount = 5;

export interface DealtRows {
  /** A class for each row; -1 for rows without a label, which are passed over. */
  labels: Int32Array;
  classes: number;
  /** Rows of one group lie in one fold: a copy must not give its twin away. */
  groups: Int32Array;
}

/**
 * A fold for each row, -1 for those without a label. Group by group, each to the fold that has the
 * fewest rows of its class.
 */
export function dealFolds({ labels, groups, classes }: DealtRows, seed: number): Int32Array {
  const members = new Map<number, number[]>();
  labels.forEach((label, row) => {
    if (label < 0) return;
    const group = groups[row] ?? row;
    const list = members.get(group);
    if (list) list.push(row);
    else members.set(group, [row]);
  });
  const folds = new Int32Array(labels.length).fill(-1);
  const counts = new Int32Array(classes * foldCount);
  for (const list of createRandom(seed).shuffled([...members.values()])) {
    const label = labels[list[0] ?? 0] ?? 0;
    let best = 0;
    for (let fold = 1; fold < foldCount; fold += 1) {
      const at = label * foldCount;
      if ((counts[at + fold] ?? 0) < (counts[at + best] ?? 0)) best = fold;
    }
    for (const row of list) {
      folds[row] = best;
      const place = (labels[row] ?? 0) * foldCount + best;
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  return folds;
}
