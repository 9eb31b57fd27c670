import { createRandom } from '../../../shared/domain/random';
import type { Rows } from './rows';
import { fitSoftmaxRegression } from './softmax-regression';

export interface CrossValidation {
  rows: Rows;
  /** A class for each row; -1 for rows without a label, which are passed over. */
  labels: Int32Array;
  classes: number;
  /** Rows of one group lie in one fold: a copy must not give its twin away. */
  groups: Int32Array;
  seed: number;
  onProgress?(done: number, total: number): void;
  checkpoint?(): void;
}

export const foldCount = 5;

/** Few rows are dealt and answered for several times: their answers depend on the luck of the draw. */
const repeats = { times: 3, rows: 5000 };

/**
 * What a classifier that was trained without it says of each labeled row: row-major
 * [rows, classes] probabilities, zero for rows without a label. Folds are dealt group by group, each
 * to the fold that has the fewest rows of its class.
 */
export function crossValidate(validation: CrossValidation): Float32Array {
  const { rows, labels, classes, seed, onProgress, checkpoint } = validation;
  const times = rows.count <= repeats.rows ? repeats.times : 1;
  const answers = new Float32Array(rows.count * classes);
  const answer = new Float32Array(classes);
  for (let time = 0; time < times; time += 1) {
    const folds = dealFolds(validation, seed + time);
    for (let fold = 0; fold < foldCount; fold += 1) {
      onProgress?.(time * foldCount + fold, times * foldCount);
      const [inside, outside] = divide(labels, folds, fold);
      if (inside.length === 0 || outside.length === 0) continue;
      const model = fitSoftmaxRegression(
        rows,
        outside,
        outside.map((row) => labels[row] ?? 0),
        { classes, seed: seed + time * foldCount + fold, checkpoint },
      );
      for (const row of inside) {
        model.answer(rows, row, answer);
        answer.forEach((probability, label) => {
          const at = row * classes + label;
          answers[at] = (answers[at] ?? 0) + probability / times;
        });
      }
    }
  }
  onProgress?.(times * foldCount, times * foldCount);
  return answers;
}

function dealFolds({ labels, groups, classes }: CrossValidation, seed: number): Int32Array {
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

function divide(labels: Int32Array, folds: Int32Array, fold: number): [Int32Array, Int32Array] {
  const [inside, outside]: [number[], number[]] = [[], []];
  folds.forEach((own, row) => {
    if ((labels[row] ?? -1) >= 0) (own === fold ? inside : outside).push(row);
  });
  return [Int32Array.from(inside), Int32Array.from(outside)];
}
