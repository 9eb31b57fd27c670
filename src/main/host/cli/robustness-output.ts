import type { Comparison } from '../../../shared/domain/comparison';
import type { DisturbedScore, Robustness } from '../../../shared/domain/robustness';
import { formatShare } from './format';
import { formatTable } from './table';

/** How models answer as pictures get worse: a row a strength, a column a model. */
export function robustnessTable({ models }: Comparison, measured: Robustness): string {
  const { photos, plain, effects, runtime } = measured;
  const cells = (scores: readonly DisturbedScore[]) =>
    scores.map(({ correct }) => `${formatShare(correct / photos)} (${correct}/${photos})`);
  const table = formatTable(
    [
      { header: 'Pictures' },
      { header: 'Strength', align: 'right' },
      ...models.map(({ modelId, precision }) => {
        return { header: `${modelId} ${precision}`, align: 'right' as const };
      }),
    ],
    [
      ['as they are', '', ...cells(plain)],
      ...effects.flatMap(({ disturbance, levels }) =>
        levels.map((level) => [disturbance, String(level.strength), ...cells(level.models)]),
      ),
    ],
  );
  const units =
    'Strength: brightness times, deviation of the blur in pixels of 224, degrees, JPEG quality, deviation of the noise of 255.';
  return `${table}\n\n${units}\nMeasured by ${runtime}.`;
}
