import { dealFolds, type DealtRows, foldCount } from './deal-folds';
import type { Rows } from './rows';
import { fitSoftmaxRegression } from './softmax-regression';

export interface CrossValidation extends DealtRows {
  rows: Rows;
  seed: number;
  onProgress?(done: number, total: number): void;
  checkpoint?(): void;
}

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

function divide(labels: Int32Array, folds: Int32Array, fold: number): [Int32Array, Int32Array] {
  const [inside, outside]: [number[], number[]] = [[], []];
  folds.forEach((own, row) => {
    if ((labels[row] ?? -1) >= 0) (own === fold ? inside : outside).push(row);
  });
  return [Int32Array.from(inside), Int32Array.from(outside)];
}
