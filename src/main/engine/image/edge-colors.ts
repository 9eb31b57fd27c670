import type { RgbImage } from './rgb-image';

/** Share of the height or width that counts as an edge. */
const share = 0.1;

/**
 * Mean color of the top, bottom, left and right edge, R G B each, as 24 lowercase hex digits: what
 * most pictures show as their background.
 */
export function edgeColors(image: RgbImage): string {
  const { width, height } = image;
  const [across, down] = [Math.ceil(width * share), Math.ceil(height * share)];
  return [
    meanColor(image, 0, 0, width, down),
    meanColor(image, 0, height - down, width, height),
    meanColor(image, 0, 0, across, height),
    meanColor(image, width - across, 0, width, height),
  ].join('');
}

function meanColor(
  { width, data }: RgbImage,
  left: number,
  top: number,
  right: number,
  bottom: number,
): string {
  const sums = [0, 0, 0];
  for (let y = top; y < bottom; y += 1) {
    for (let byte = (y * width + left) * 3; byte < (y * width + right) * 3; byte += 3) {
      for (let channel = 0; channel < 3; channel += 1) {
        sums[channel] = (sums[channel] ?? 0) + (data[byte + channel] ?? 0);
      }
    }
  }
  const count = (right - left) * (bottom - top);
  return sums
    .map((sum) =>
      Math.round(sum / count)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('');
}
