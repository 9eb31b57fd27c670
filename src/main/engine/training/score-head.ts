import { topAnswer } from '../../../shared/domain/comparison-math';
import type { TrainingSettings } from '../../../shared/domain/model';
import type { LabeledFeatures } from './labeled-features';
import { measureLogits } from './measure-logits';
import type { TensorEngine } from './tensor-engine';
import { trainHead } from './train-head';

export interface HeadScore {
  /** Whether each judged row was answered rightly, in their order. */
  right: boolean[];
  /** Mean cross-entropy of the judged rows, nats. */
  loss: number;
}

export interface ScoredRows extends LabeledFeatures {
  width: number;
  classes: number;
}

/** Every so many rows of a class decide when to stop. */
const stoppingShare = 6;

/**
 * Trains a head on the rows `learn` and judges it on the rows `held`. What tells it when to stop is
 * taken from what it learns from: had `held` done so, it would seem better than it is.
 * @throws AppError 'cancelled', 'runtime-failed' when the loss is no longer a number.
 */
export async function scoreHead(
  engine: TensorEngine,
  rows: ScoredRows,
  { learn, held }: { learn: readonly number[]; held: readonly number[] },
  settings: TrainingSettings,
  signal: AbortSignal,
): Promise<HeadScore> {
  const [stopping, learned] = partByClass(rows.labels, learn);
  const train = pick(rows, learned);
  const head = await trainHead(
    engine,
    {
      featureWidth: rows.width,
      classes: rows.classes,
      train,
      validation: stopping.length > 0 ? pick(rows, stopping) : train,
      settings,
    },
    { signal },
  );
  try {
    const judgedRows = pick(rows, held);
    const probabilities = head.probabilities(judgedRows.features);
    return score(probabilities, judgedRows.labels, rows.classes);
  } finally {
    head.dispose();
  }
}

/** Every sixth row of each class, and the others. */
function partByClass(labels: Int32Array, chosen: readonly number[]): [number[], number[]] {
  const seen = new Map<number, number>();
  const parts: [number[], number[]] = [[], []];
  for (const row of chosen) {
    const label = labels[row] ?? 0;
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    parts[count % stoppingShare === 0 ? 0 : 1].push(row);
  }
  return parts;
}

function pick({ features, labels, width }: ScoredRows, chosen: readonly number[]): LabeledFeatures {
  const picked = new Float32Array(chosen.length * width);
  chosen.forEach((row, at) => {
    picked.set(features.subarray(row * width, (row + 1) * width), at * width);
  });
  return { features: picked, labels: Int32Array.from(chosen, (row) => labels[row] ?? 0) };
}

function score(probabilities: Float32Array, labels: Int32Array, classes: number): HeadScore {
  const right = Array.from(labels, (label, row) => {
    const answers = probabilities.subarray(row * classes, (row + 1) * classes);
    return topAnswer(answers) === label;
  });
  // Logarithms of probabilities are logits.
  const logits = probabilities.map((value) => Math.log(Math.max(value, 1e-12)));
  return { right, loss: measureLogits(logits, labels, classes).loss };
}
