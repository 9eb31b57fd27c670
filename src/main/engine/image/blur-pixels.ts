import type { RgbImage } from './rgb-image';

/**
 * Gaussian, along rows and then along columns; edges go on as they are.
 * @param deviation in pixels; below about 0.4 nothing happens
 */
export function blurPixels(image: RgbImage, deviation: number): Uint8Array {
  const radius = Math.ceil(deviation * 2.5);
  if (radius === 0) return image.data;
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * deviation ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const kernel = weights.map((weight) => weight / sum);
  const { width, height } = image;
  const alongRows = blurLines(image.data, kernel, { lines: height, size: width, stride: 3 });
  return blurLines(alongRows, kernel, { lines: width, size: height, stride: 3 * width });
}

interface Lines {
  lines: number;
  /** Pixels of a line, `stride` bytes apart. */
  size: number;
  stride: number;
}

function blurLines(data: Uint8Array, kernel: Float64Array, { lines, size, stride }: Lines) {
  const radius = kernel.length >> 1;
  const target = new Uint8Array(data.length);
  const between = stride === 3 ? 3 * size : 3;
  for (let line = 0; line < lines; line += 1) {
    for (let at = 0; at < size; at += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const start = line * between + channel;
        let value = 0;
        for (let i = -radius; i <= radius; i += 1) {
          const from = Math.max(0, Math.min(size - 1, at + i));
          value += (kernel[i + radius] ?? 0) * (data[start + from * stride] ?? 0);
        }
        target[start + at * stride] = Math.round(value);
      }
    }
  }
  return target;
}
