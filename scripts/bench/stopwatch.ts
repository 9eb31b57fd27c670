/** Runs `work` and says how long it took, in milliseconds to one decimal. */
export async function timed<Result>(
  work: () => Promise<Result> | Result,
): Promise<{ ms: number; result: Result }> {
  const start = performance.now();
  const result = await work();
  return { ms: round(performance.now() - start), result };
}

export const round = (value: number): number => Math.round(value * 10) / 10;

/** Watches this process's resident memory until stopped; returns the peak in megabytes. */
export function watchMemory(everyMs = 50): () => number {
  let peak = process.memoryUsage.rss();
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, everyMs);
  return () => {
    clearInterval(timer);
    return Math.round(peak / 1_048_576);
  };
}
