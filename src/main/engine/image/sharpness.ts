import type { Luma } from './luma';

/**
 * Variance of the 4-neighbor Laplacian over all inner pixels: near 0 for a blurred or plain
 * picture, thousands for one full of fine detail. (Pech-Pacheco et al., "Diatom autofocusing in
 * brightfield microscopy", ICPR 2000.) Depends on the size: compare pictures of one size only.
 * 0 for pictures under 3 pixels on a side.
 */
export function sharpnessOf({ width, height, data }: Luma): number {
  const count = (width - 2) * (height - 2);
  if (width < 3 || height < 3) return 0;
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y += 1) {
    const end = y * width + width - 1;
    for (let at = y * width + 1; at < end; at += 1) {
      const laplacian =
        (data[at - 1] ?? 0) +
        (data[at + 1] ?? 0) +
        (data[at - width] ?? 0) +
        (data[at + width] ?? 0) -
        4 * (data[at] ?? 0);
      sum += laplacian;
      squares += laplacian * laplacian;
    }
  }
  const mean = sum / count;
  return Math.max(0, squares / count - mean * mean);
}
