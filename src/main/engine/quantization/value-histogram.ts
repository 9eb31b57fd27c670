import type { ValueRange } from './affine-encoding';

const binCount = 2048;

/** How often values of a tensor lie where, over a range that grows with what is observed. */
export interface ValueHistogram {
  readonly range: ValueRange;
  /** Of equal width, ascending from `range.min`. */
  readonly bins: Float64Array;
  readonly total: number;
}

/** Mutable while photos are observed; a value that is no number makes the range not a number. */
export class HistogramRecorder implements ValueHistogram {
  range: ValueRange = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  bins = new Float64Array(binCount);
  total = 0;

  observe(values: Float32Array): void {
    this.grow(values);
    const { min, max } = this.range;
    if (!Number.isFinite(min) || !Number.isFinite(max)) return;
    const perBin = max > min ? binCount / (max - min) : 0;
    for (const value of values) {
      const bin = Math.min(binCount - 1, Math.floor((value - min) * perBin));
      this.bins[bin] = (this.bins[bin] ?? 0) + 1;
    }
    this.total += values.length;
  }

  private grow(values: Float32Array): void {
    let { min, max } = this.range;
    for (const value of values) {
      if (value < min) min = value;
      if (value > max) max = value;
      if (Number.isNaN(value)) min = max = Number.NaN;
    }
    if (min === this.range.min && max === this.range.max) return;
    const before = { range: this.range, bins: this.bins };
    this.range = { min, max };
    this.bins = new Float64Array(binCount);
    if (this.total === 0 || !(max > min)) return;
    // Counts move with the middle of their bin: half a bin of error at the most, each time it grows.
    const width = (before.range.max - before.range.min) / binCount;
    const perBin = binCount / (max - min);
    before.bins.forEach((count, bin) => {
      if (count === 0) return;
      const middle = before.range.min + (bin + 0.5) * width;
      const target = Math.min(binCount - 1, Math.floor((middle - min) * perBin));
      this.bins[target] = (this.bins[target] ?? 0) + count;
    });
  }
}
