import type { RgbImage } from './rgb-image';

/** Brightness of each pixel, 0..255, rows from the top left. */
export interface Luma {
  width: number;
  height: number;
  data: Float32Array;
}

/** ITU-R BT.601 luma of sRGB bytes. */
export function lumaOf({ width, height, data }: RgbImage): Luma {
  const luma = new Float32Array(width * height);
  for (let pixel = 0, byte = 0; pixel < luma.length; pixel += 1, byte += 3) {
    luma[pixel] =
      0.299 * (data[byte] ?? 0) + 0.587 * (data[byte + 1] ?? 0) + 0.114 * (data[byte + 2] ?? 0);
  }
  return { width, height, data: luma };
}

/** Mean luma, 0..255. */
export function brightnessOf({ data }: Luma): number {
  let sum = 0;
  for (const value of data) sum += value;
  return sum / data.length;
}

/** Standard deviation of luma, 0..127.5. */
export function contrastOf(luma: Luma): number {
  const mean = brightnessOf(luma);
  let squares = 0;
  for (const value of luma.data) squares += (value - mean) ** 2;
  return Math.sqrt(squares / luma.data.length);
}
