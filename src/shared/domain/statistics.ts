import type { Interval } from './comparison';

/** 97.5 % quantile of the standard normal distribution: two-sided 95 %. */
const Z = 1.959963984540054;

/**
 * Mean of repeated measurements and its 95 % interval by Student's t with n - 1 degrees of freedom. The
 * quantile is Fisher's expansion (Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.5),
 * good to three digits from 5 degrees on. One measurement: nothing is known of its spread, and both
 * ends are infinite.
 */
export function meanInterval(values: readonly number[]): { mean: number; interval: Interval } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) {
    return { mean, interval: { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY } };
  }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const reach = studentQuantile(n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { mean, interval: { low: mean - reach, high: mean + reach } };
}

/** 97.5 % quantile of Student's t. */
function studentQuantile(freedom: number): number {
  const [z3, z5, z7] = [Z ** 3, Z ** 5, Z ** 7];
  return (
    Z +
    (z3 + Z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * Z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384 * freedom ** 3)
  );
}

/** How photos fall when two models answer the same ones; the paired 2x2 table. */
export interface PairedCounts {
  bothRight: number;
  /** Only the first model is right: what the second lost. */
  firstOnly: number;
  /** Only the second model is right: what the second gained. */
  secondOnly: number;
  bothWrong: number;
}

/**
 * Wilson's score interval (95 %) of a proportion; stays inside 0..1 and is sensible at 0 and n of n.
 *
 * (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
 *
 * No trials: 0..1, nothing is known.
 *
 * @see E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22 (1927) 209-212.
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const p = successes / trials;
  const center = p + (Z * Z) / (2 * trials);
  const reach = Z * Math.sqrt((p * (1 - p)) / trials + (Z * Z) / (4 * trials * trials));
  const scale = 1 + (Z * Z) / trials;
  // The two exact ends would otherwise be off by rounding (1.0000000000000002).
  return {
    low: successes === 0 ? 0 : (center - reach) / scale,
    high: successes === trials ? 1 : (center + reach) / scale,
  };
}

/**
 * Exact two-sided McNemar test: the p-value of `lost` against `gained` when each changed photo is
 * as likely to fall either way. With n = lost + gained and k the smaller of the two:
 *
 * p = min(1, 2 · Σ_{i=0..k} C(n, i) / 2ⁿ)
 *
 * The largest term is computed in logarithms and the others from it by ratio, so that thousands
 * of changed photos neither overflow nor underflow. No changed photo: 1.
 *
 * @see Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
 * percentages", Psychometrika 12 (1947) 153-157; the exact form is the binomial sign test.
 */
export function exactMcNemar(lost: number, gained: number): number {
  const n = lost + gained;
  const k = Math.min(lost, gained);
  // With equal halves, twice the tail exceeds 1.
  if (2 * k === n) return 1;
  let logTerm = -n * Math.LN2;
  for (let i = 1; i <= k; i += 1) logTerm += Math.log((n - k + i) / i);
  // Σ C(n, i) / C(n, k) for i = k, k-1 …: each is the one before times i / (n - i + 1) < 1.
  let ratio = 1;
  let sum = 1;
  for (let i = k; i > 0 && ratio > 1e-18; i -= 1) {
    ratio *= i / (n - i + 1);
    sum += ratio;
  }
  return Math.min(1, 2 * Math.exp(logTerm) * sum);
}

/**
 * 95 % interval of a paired difference, share right of the second model minus that of the first:
 * Newcombe's method 10, "square and add" of the two Wilson intervals with a continuity-corrected
 * correlation φ. With p₁, p₂ the shares, l and u their Wilson bounds, θ = p₂ − p₁:
 *
 * low  = θ − √((p₂−l₂)² − 2φ(p₂−l₂)(u₁−p₁) + (u₁−p₁)²)
 * high = θ + √((u₂−p₂)² − 2φ(u₂−p₂)(p₁−l₁) + (p₁−l₁)²)
 *
 * Unlike the textbook (Wald) interval it keeps a width when no photo changed, so an empty
 * difference on ten photos is not taken for proof. No photos: −1..1.
 *
 * @see R. G. Newcombe, "Improved confidence intervals for the difference between binomial
 * proportions based on paired data", Statistics in Medicine 17 (1998) 2635-2650, method 10.
 * Recommended by M. W. Fagerland, S. Lydersen, P. Laake, Statistics in Medicine 33 (2014)
 * 2850-2875, whose example is in the tests.
 */
export function pairedDifferenceInterval(counts: PairedCounts): Interval {
  const { bothRight, firstOnly, secondOnly, bothWrong } = counts;
  const n = bothRight + firstOnly + secondOnly + bothWrong;
  if (n === 0) return { low: -1, high: 1 };
  const firstRight = bothRight + firstOnly;
  const secondRight = bothRight + secondOnly;
  const first = reaches(firstRight, n);
  const second = reaches(secondRight, n);
  const phi = correlation(counts);
  const difference = (secondRight - firstRight) / n;
  return {
    low: Math.max(-1, difference - squareAndAdd(second.below, first.above, phi)),
    high: Math.min(1, difference + squareAndAdd(second.above, first.below, phi)),
  };
}

/** Distances from a proportion down and up to its Wilson bounds. */
function reaches(successes: number, trials: number): { below: number; above: number } {
  const { low, high } = wilsonInterval(successes, trials);
  return { below: successes / trials - low, above: high - successes / trials };
}

function squareAndAdd(a: number, b: number, phi: number): number {
  return Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
}

/** Newcombe's φ: 0 when a margin is empty; a positive one is lowered by the correction n/2. */
function correlation({ bothRight, firstOnly, secondOnly, bothWrong }: PairedCounts): number {
  const margins =
    (bothRight + firstOnly) *
    (secondOnly + bothWrong) *
    (bothRight + secondOnly) *
    (firstOnly + bothWrong);
  if (margins === 0) return 0;
  const n = bothRight + firstOnly + secondOnly + bothWrong;
  const product = bothRight * bothWrong - firstOnly * secondOnly;
  const corrected = product > 0 ? Math.max(0, product - n / 2) : product;
  return corrected / Math.sqrt(margins);
}

/**
 * The `share` quantile (0..1) of measured values by linear interpolation between the two nearest
 * order statistics: position (n − 1) · share, counted from 0. This is definition 7 of R. J. Hyndman
 * and Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996)
 * 361-365, and the default of NumPy and R.
 *
 * @throws RangeError without values.
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError('No values to rank');
  return below + (above - below) * (position - Math.floor(position));
}
