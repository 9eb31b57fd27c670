import type { RgbImage } from './rgb-image';

export interface CutAndTurn {
  /** Of the part to take, as a share of width and height: 1 takes all. */
  scale: number;
  /** Clockwise for the picture. */
  degrees: number;
  /** Middle of the part, as shares of width and height: 0.5 is the picture's. */
  centerX: number;
  centerY: number;
}

/**
 * A part of a picture, turned, in the picture's own size: both in one resampling (bilinear). What lies
 * outside is the mirror image of what is inside.
 */
export function cutAndTurn(
  { width, height, data }: RgbImage,
  { scale, degrees, centerX, centerY }: CutAndTurn,
): Uint8Array {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const middleX = width * centerX - 0.5;
  const middleY = height * centerY - 0.5;
  const target = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < height; y += 1) {
    const down = y - (height - 1) / 2;
    for (let x = 0; x < width; x += 1, at += 3) {
      const right = x - (width - 1) / 2;
      const fromX = middleX + cos * right - sin * down;
      const fromY = middleY + sin * right + cos * down;
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [shareX, shareY] = [fromX - left, fromY - top];
      const upper = reflect(top, height) * width;
      const lower = reflect(top + 1, height) * width;
      const [x0, x1] = [reflect(left, width), reflect(left + 1, width)];
      const [a, b, c, d] = [(upper + x0) * 3, (upper + x1) * 3, (lower + x0) * 3, (lower + x1) * 3];
      for (let channel = 0; channel < 3; channel += 1) {
        const [p, q] = [data[a + channel] ?? 0, data[b + channel] ?? 0];
        const [r, s] = [data[c + channel] ?? 0, data[d + channel] ?? 0];
        const above = p + (q - p) * shareX;
        const below = r + (s - r) * shareX;
        target[at + channel] = Math.round(above + (below - above) * shareY);
      }
    }
  }
  return target;
}

function reflect(position: number, size: number): number {
  const period = 2 * size;
  const within = ((position % period) + period) % period;
  return within < size ? within : period - 1 - within;
}
