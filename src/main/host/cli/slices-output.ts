import type { Comparison } from '../../../shared/domain/comparison';
import { describeSlice, dimensionTitles } from '../../../shared/domain/describe-slice';
import type { Slices } from '../../../shared/domain/slices';
import { count, formatShare } from './format';
import { formatTable } from './table';

/** Accuracy part by part: a table a dimension, the worst part first. */
export function slicesText({ models }: Comparison, all: readonly Slices[]): string {
  if (all.length === 0) return 'Nothing parts these photos: one import, day and camera.';
  const minute = (iso: string) => iso.slice(0, 16).replace('T', ' ');
  return all
    .map(({ dimension, slices, more }) => {
      const table = formatTable(
        [
          { header: dimensionTitles[dimension] },
          { header: 'Photos', align: 'right' },
          ...models.map(({ modelId, precision }) => {
            return { header: `${modelId} ${precision}`, align: 'right' as const };
          }),
        ],
        slices.map((slice) => [
          describeSlice(dimension, slice, minute),
          String(slice.photos),
          ...slice.models.map(
            ({ top1, interval }) =>
              `${formatShare(top1)} (${formatShare(interval.low)} to ${formatShare(interval.high)})`,
          ),
        ]),
      );
      return more === 0 ? table : `${table}\n${count(more, 'part')} with higher accuracy left out.`;
    })
    .join('\n\n');
}
