import { AppError, throwIfCancelled } from '../../shared/api/errors';
import { createRandom } from '../../shared/domain/random';
import { dealFolds } from '../engine/curation/deal-folds';
import { scoreHead } from '../engine/training/score-head';
import { loadTensorEngine } from '../engine/training/tensor-engine';
import type { TaskImplementation } from './task-context';
import type { TaskOutput } from './tasks';
import { gatherFeatures } from './training-features';

export const scoreHeads: TaskImplementation<'score-heads'> = async (input, context) => {
  const { photos, backbone, trials, seed, deadline = Infinity } = input;
  const { signal, report } = context;
  throwIfCancelled(signal);
  const { features, labels } = await gatherFeatures({ ...input, mirrored: false }, context);
  const classes = input.labels.length;
  const rows = { features, labels, width: backbone.featureWidth, classes };
  const groups = Int32Array.from(photos, ({ unit }) => unit);
  const folds = dealFolds({ labels, classes, groups }, seed);
  refuseOneFold(input.labels, labels, folds);
  const order = createRandom(seed).shuffled([...labels.keys()]);
  const engine = await loadTensorEngine();
  const scores: TaskOutput<'score-heads'>['scores'] = [];
  for (const { fold, share, settings } of trials) {
    if (Date.now() > deadline) break;
    const learn = shareOf(
      order.filter((row) => folds[row] !== fold),
      labels,
      share,
    );
    const held = order.filter((row) => folds[row] === fold);
    const { right, loss } = await scoreHead(engine, rows, { learn, held }, settings, signal);
    const outcomes = new Uint8Array(photos.length);
    held.forEach((row, at) => {
      outcomes[row] = right[at] ? 2 : 1;
    });
    scores.push({ learned: learn.length, outcomes, loss });
    report({ done: scores.length });
  }
  return { engine: engine.name, scores };
};

/** The first rows of each class, at least one of each. */
function shareOf(rows: readonly number[], labels: Int32Array, share: number): number[] {
  const left = new Map<number, number>();
  for (const row of rows) left.set(labels[row] ?? 0, (left.get(labels[row] ?? 0) ?? 0) + 1);
  for (const [label, count] of left) left.set(label, Math.max(1, Math.round(count * share)));
  return rows.filter((row) => {
    const label = labels[row] ?? 0;
    const more = left.get(label) ?? 0;
    left.set(label, more - 1);
    return more > 0;
  });
}

/** @throws AppError 'not-ready' for a label that can't be both learned and judged. */
function refuseOneFold(names: readonly string[], labels: Int32Array, folds: Int32Array): void {
  const whole = names.filter((_, label) => {
    const seen = new Set([...folds].filter((_fold, row) => labels[row] === label));
    return seen.size < 2;
  });
  if (whole.length === 0) return;
  throw new AppError(
    'not-ready',
    `All photos of ${whole.join(', ')} stay together: as copies, or shots of one burst.`,
    'Add photos that were taken at another time, so that some can be judged on.',
  );
}
