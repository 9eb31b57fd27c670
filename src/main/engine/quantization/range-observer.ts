import type { ValueRange } from './affine-encoding';

/** Sees all values of one tensor, photo by photo, and says at the end what range to store. */
export interface RangeObserver {
  observe(values: Float32Array): void;
  /** Not finite when a value was not, or when nothing was observed. */
  range(): ValueRange;
}

/** The extremes of all that was seen: nothing is clipped on the calibration photos. */
export function minMaxObserver(): RangeObserver {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let isNumber = true;
  return {
    observe(values) {
      let low = min;
      let high = max;
      for (let i = 0; i < values.length; i++) {
        const value = values[i] ?? 0;
        // Millions of values a photo: nearly all lie inside what was seen and end here.
        if (value >= low && value <= high) continue;
        if (Number.isNaN(value)) return void (isNumber = false);
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      min = low;
      max = high;
    },
    range: () => (isNumber ? { min, max } : { min: Number.NaN, max: Number.NaN }),
  };
}
