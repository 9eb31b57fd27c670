/** Decibels at which float32 itself rounds. */
const exact = 140;

/**
 * In decibels, from powers of signal and noise. Within 140 of 0: without noise 140, with values that are no
 * numbers -140.
 */
export function signalToNoise({ signal, noise }: { signal: number; noise: number }): number {
  if (noise === 0) return exact;
  const decibels = 10 * Math.log10(signal / noise);
  return Number.isNaN(decibels) ? -exact : Math.max(-exact, Math.min(exact, decibels));
}
