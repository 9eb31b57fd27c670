import type { Augmentation } from '../../../shared/domain/fine-tuning';
import type { Random } from '../../../shared/domain/random';
import { mirrorPixels } from './mirror-pixels';
import type { RgbImage } from './rgb-image';

/** Pictures this wide are what blur is measured on. */
const usualWidth = 224;
const gray = 128;

/**
 * A photo as training sees it this time: cut, turned, mirrored, recolored, blurred, covered, each at
 * random up to its bound. The same numbers from `random` give the same picture on every machine.
 */
export function augmentPhoto(image: RgbImage, amounts: Augmentation, random: Random): RgbImage {
  const { width, height } = image;
  // Every number is drawn whether it is used or not: a bound that changes must not change the rest.
  const draw = drawNumbers(random);
  let pixels = image.data;
  if (amounts.flip && draw.flip < 0.5) pixels = mirrorPixels(pixels, width);
  if (amounts.crop > 0 || amounts.rotate > 0) {
    pixels = cutAndTurn({ width, height, data: pixels }, amounts, draw);
  }
  if (amounts.color > 0) pixels = recolor(pixels, amounts.color, draw);
  if (amounts.blur > 0 && draw.isBlurred < 0.5) {
    const deviation = (draw.blur * amounts.blur * width) / usualWidth;
    pixels = blur({ width, height, data: pixels }, deviation);
  }
  if (amounts.cutout > 0 && draw.isCovered < 0.5) {
    pixels = cover({ width, height, data: pixels }, amounts.cutout, draw);
  }
  return { width, height, data: pixels };
}

/** Whether a photo is mirrored, from the numbers that `augmentPhoto` would draw. */
export const isFlipped = (random: Random): boolean => drawNumbers(random).flip < 0.5;

/** All in [0, 1). */
function drawNumbers(random: Random) {
  const names = [
    ...(['flip', 'size', 'left', 'top', 'angle'] as const),
    ...(['brightness', 'contrast', 'saturation', 'red', 'blue'] as const),
    ...(['isBlurred', 'blur', 'isCovered', 'side', 'coverLeft', 'coverTop'] as const),
  ];
  const numbers = names.map((name) => [name, random.next()] as const);
  return Object.fromEntries(numbers) as Record<(typeof names)[number], number>;
}

type Draw = ReturnType<typeof drawNumbers>;

/** Both in one resampling (bilinear); what lies outside the photo is its mirror image. */
function cutAndTurn(
  { width, height, data }: RgbImage,
  { crop, rotate }: Augmentation,
  draw: Draw,
): Uint8Array {
  const scale = 1 - crop * draw.size;
  const angle = ((2 * draw.angle - 1) * rotate * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const centerX = (width * (scale + 2 * draw.left * (1 - scale))) / 2 - 0.5;
  const centerY = (height * (scale + 2 * draw.top * (1 - scale))) / 2 - 0.5;
  const target = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < height; y += 1) {
    const down = y - (height - 1) / 2;
    for (let x = 0; x < width; x += 1, at += 3) {
      const right = x - (width - 1) / 2;
      const fromX = centerX + cos * right - sin * down;
      const fromY = centerY + sin * right + cos * down;
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

function recolor(data: Uint8Array, amount: number, draw: Draw): Uint8Array {
  const around = (number: number, by: number) => 1 + (2 * number - 1) * by;
  const brightness = around(draw.brightness, amount);
  const contrast = around(draw.contrast, amount);
  const saturation = around(draw.saturation, amount);
  const [red, blue] = [around(draw.red, amount / 4), around(draw.blue, amount / 4)];
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const target = new Uint8Array(data.length);
  const tone = (value: number, luma: number, gain: number) => {
    const colored = luma + (value - luma) * saturation;
    const contrasted = mean + (colored - mean) * contrast;
    return Math.max(0, Math.min(255, Math.round(contrasted * brightness * gain)));
  };
  for (let i = 0; i < data.length; i += 3) {
    const [r, g, b] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
    // ITU-R BT.601.
    const luma = 0.299 * r + 0.587 * g + 0.114 * b;
    target[i] = tone(r, luma, red);
    target[i + 1] = tone(g, luma, 1);
    target[i + 2] = tone(b, luma, blue);
  }
  return target;
}

/** Gaussian, along rows and then along columns; edges go on as they are. */
function blur(image: RgbImage, deviation: number): Uint8Array {
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

function cover({ width, height, data }: RgbImage, largest: number, draw: Draw): Uint8Array {
  const side = Math.round(largest * Math.min(width, height) * (0.5 + draw.side / 2));
  const left = Math.floor(draw.coverLeft * (width - side + 1));
  const top = Math.floor(draw.coverTop * (height - side + 1));
  const target = Uint8Array.from(data);
  for (let y = top; y < top + side; y += 1) {
    target.fill(gray, (y * width + left) * 3, (y * width + left + side) * 3);
  }
  return target;
}
