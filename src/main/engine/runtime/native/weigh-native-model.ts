import type { NativeModel } from './native-model';

/** LiteRT prepares some operators in the first inference only. */
const runs = 3;

/**
 * Loads a model, runs it on zeros and lets go of it.
 * @returns bytes by which this process's resident memory grew at its highest: the file in memory, weights as
 * LiteRT packs them, and tensors. To be asked in a process that held no model before, or memory that was given
 * back counts for nothing.
 */
export function weighNativeModel(load: () => NativeModel): number {
  const highestBefore = highestResident();
  const before = process.memoryUsage.rss();
  const model = load();
  try {
    for (let run = 0; run < runs; run += 1) model.run(() => undefined);
    const highest = highestResident();
    // Not higher than the process had been before it had a model: what it has now is the best that is known.
    return Math.max(0, (highest > highestBefore ? highest : process.memoryUsage.rss()) - before);
  } finally {
    model.dispose();
  }
}

const highestResident = (): number => process.resourceUsage().maxRSS * 1024;
