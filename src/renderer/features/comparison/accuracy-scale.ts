import type { Difference, Interval, ModelResult } from '@shared/domain/comparison';

const step = 0.05;

/** One axis that holds every model's interval: full steps of 5 points, up to 100%. */
export function accuracyScale(models: readonly Pick<ModelResult, 'top1Interval'>[]): Interval {
  const lowest = Math.min(...models.map(({ top1Interval }) => top1Interval.low));
  return { low: Math.max(0, Math.floor(lowest / step) * step), high: 1 };
}

/** An axis around no difference that holds the interval. */
export function differenceScale({ interval }: Pick<Difference, 'interval'>): Interval {
  const reach = Math.max(Math.abs(interval.low), Math.abs(interval.high));
  const end = Math.max(step, Math.ceil(reach / step) * step);
  return { low: -end, high: end };
}
