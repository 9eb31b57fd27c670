/**
 * Estimates the time left from the rate since the work last changed its shape: a new total, or a
 * count that starts over, begins a new measurement.
 */
export interface RemainingTime {
  /** @param at milliseconds of any steady clock. */
  update(done: number, total: number | undefined, at: number): void;
  /** Milliseconds; undefined while there is too little to go by. */
  estimate(at: number): number | undefined;
}

/** A rate from less than this says little: the first unit often loads what the others reuse. */
const ENOUGH_MS = 500;

export function createRemainingTime(): RemainingTime {
  let start: { done: number; at: number } | undefined;
  let done = 0;
  let total: number | undefined;

  return {
    update(nextDone, nextTotal, at) {
      if (!start || nextTotal !== total || nextDone < done) start = { done: nextDone, at };
      done = nextDone;
      total = nextTotal;
    },
    estimate(at) {
      if (!start || total === undefined || done <= start.done) return undefined;
      const elapsed = at - start.at;
      if (elapsed < ENOUGH_MS) return undefined;
      return Math.round((elapsed / (done - start.done)) * Math.max(0, total - done));
    },
  };
}
