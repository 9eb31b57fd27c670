import type { RangeRule } from '../../../shared/domain/model';
import type { ValueRange } from './affine-encoding';
import { minMaxObserver, type RangeObserver } from './range-observer';
import { HistogramRecorder, type ValueHistogram } from './value-histogram';

/** Share of all values that the percentile rule leaves outside at each end. */
const leftOutside = 0.00005;
/** Steps of an int8 tensor. */
const levels = 256;
/** Shares of the whole range that are tried as the ends of a clipped one. */
const tried = Array.from({ length: 46 }, (_, step) => 1 - step * 0.02);

/**
 * How ranges follow from observed values. 'min-max' clips nothing; the others clip rare values, so
 * that common ones are stored in finer steps: 'percentile' 0.005 % at each end, 'mse' what leaves the
 * smallest mean squared error, 'kl' what loses least information (relative entropy, as in Migacz,
 * "8-bit inference with TensorRT", 2017).
 */
export function createObserver(rule: RangeRule): RangeObserver {
  if (rule === 'min-max') return minMaxObserver();
  const histogram = new HistogramRecorder();
  return {
    observe: (values) => histogram.observe(values),
    range() {
      const { range } = histogram;
      if (!Number.isFinite(range.min) || !(range.max > range.min)) return range;
      return rules[rule](histogram);
    },
  };
}

const rules: Record<Exclude<RangeRule, 'min-max'>, (histogram: ValueHistogram) => ValueRange> = {
  percentile: (histogram) => ({
    min: Math.min(quantile(histogram, leftOutside), histogram.range.max),
    max: Math.max(quantile(histogram, 1 - leftOutside), histogram.range.min),
  }),
  mse: (histogram) => bestRange(histogram, squaredError),
  kl: (histogram) => bestRange(histogram, relativeEntropy),
};

/** The value that a share of all is below, to the edge of a bin outwards. */
function quantile({ range, bins, total }: ValueHistogram, share: number): number {
  const width = (range.max - range.min) / bins.length;
  const wanted = share * total;
  let below = 0;
  for (let bin = 0; bin < bins.length; bin += 1) {
    const within = below + (bins[bin] ?? 0);
    if (within > wanted) return range.min + (share < 0.5 ? bin : bin + 1) * width;
    below = within;
  }
  return range.max;
}

/** Tries ends for above, then for below zero; a range that does not cross zero keeps its inner end. */
function bestRange(
  histogram: ValueHistogram,
  cost: (histogram: ValueHistogram, range: ValueRange) => number,
): ValueRange {
  const { min, max } = histogram.range;
  const best = (candidates: ValueRange[]): ValueRange =>
    candidates.reduce(
      (found, range) => {
        const value = cost(histogram, range);
        return value < found.value ? { range, value } : found;
      },
      { range: histogram.range, value: Number.POSITIVE_INFINITY },
    ).range;
  const above = tried.map((share) => ({ min, max: max * share }));
  const upper = max > 0 ? best(above.filter((range) => range.max > min)) : { min, max };
  const below = tried.map((share) => ({ min: min * share, max: upper.max }));
  return min < 0 ? best(below.filter((range) => range.min < upper.max)) : upper;
}

/** Sum over all values: squared distance for clipped ones, that of rounding for the others. */
function squaredError({ range, bins }: ValueHistogram, { min, max }: ValueRange): number {
  const width = (range.max - range.min) / bins.length;
  const rounding = ((Math.max(0, max) - Math.min(0, min)) / (levels - 1)) ** 2 / 12;
  let sum = 0;
  bins.forEach((count, bin) => {
    if (count === 0) return;
    const value = range.min + (bin + 0.5) * width;
    const clipped = value < min ? min - value : value > max ? value - max : 0;
    sum += count * (clipped > 0 ? clipped ** 2 : rounding);
  });
  return sum;
}

/**
 * Relative entropy of the observed distribution, its clipped values moved to the ends, to the one that
 * int8 steps can tell apart.
 */
function relativeEntropy(histogram: ValueHistogram, clip: ValueRange): number {
  const { range } = histogram;
  const bins = histogram.bins.slice();
  const width = (range.max - range.min) / bins.length;
  // Zero is stored exactly whatever the range, and most of what a ReLU lets through.
  if (range.min === 0) bins[0] = 0;
  const total = bins.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  const binOf = (value: number) =>
    Math.max(0, Math.min(bins.length - 1, Math.floor((value - range.min) / width)));
  const [first, last] = [binOf(clip.min), binOf(clip.max - width / 2)];
  const observed = bins.slice(first, last + 1);
  const inside = observed.slice();
  bins.forEach((count, bin) => {
    if (bin < first) observed[0] = (observed[0] ?? 0) + count;
    if (bin > last) observed[observed.length - 1] = (observed.at(-1) ?? 0) + count;
  });
  let entropy = 0;
  for (let level = 0; level < levels; level += 1) {
    const from = Math.floor((level * observed.length) / levels);
    const to = Math.floor(((level + 1) * observed.length) / levels);
    const used = inside.subarray(from, to);
    const count = used.reduce((sum, value) => sum + value, 0);
    const filled = used.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
    for (let bin = from; bin < to; bin += 1) {
      const seen = observed[bin] ?? 0;
      if (seen === 0) continue;
      // Values that are only there because they were clipped have nothing to stand for them.
      const told = (inside[bin] ?? 0) > 0 ? count / filled : 1e-3;
      entropy += (seen / total) * Math.log(seen / told);
    }
  }
  const kept = inside.reduce((sum, value) => sum + value, 0);
  return entropy + Math.log(Math.max(1, kept) / total);
}
