import { percentile } from '../../shared/domain/statistics';

const window = 60;

/** How long the last answers took, and how many come in a second. */
export function createPace(now: () => number = () => performance.now()) {
  let times: number[] = [];
  let arrivals: number[] = [];
  return {
    add(inferenceMs: number): void {
      times = [...times, inferenceMs].slice(-window);
      arrivals = [...arrivals, now()].slice(-window);
    },
    reset(): void {
      times = [];
      arrivals = [];
    },
    /** undefined before the first answer; a rate needs two. */
    read(): { median: number; p95: number; rate: number | undefined } | undefined {
      if (times.length === 0) return undefined;
      const [first = 0] = arrivals;
      const span = (arrivals.at(-1) ?? 0) - first;
      const rate = span > 0 ? ((arrivals.length - 1) * 1000) / span : undefined;
      return { median: percentile(times, 0.5), p95: percentile(times, 0.95), rate };
    },
  };
}
