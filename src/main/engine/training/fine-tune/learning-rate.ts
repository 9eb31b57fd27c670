/**
 * The share of the step size at a step: rises in a line over `warmUp` steps, then falls by half a
 * cosine to 0 at the end (I. Loshchilov, F. Hutter, "SGDR", ICLR 2017, without restarts).
 * @param step from 0 to `total` - 1.
 */
export function scheduledShare(step: number, total: number, warmUp: number): number {
  if (step < warmUp) return (step + 1) / warmUp;
  const progress = (step - warmUp) / Math.max(1, total - warmUp);
  return (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
}
