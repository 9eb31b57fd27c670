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
  return {
    observe(values) {
      let low = min;
      let high = max;
      // A sum of finite numbers is NaN only if one of them is: comparisons would pass over it.
      let sum = 0;
      for (let i = 0; i < values.length; i++) {
        const value = values[i] ?? 0;
        if (value < low) low = value;
        if (value > high) high = value;
        sum += value;
      }
      [min, max] = Number.isNaN(sum) ? [Number.NaN, Number.NaN] : [low, high];
    },
    range: () => ({ min, max }),
  };
}
