import type { Augmentation } from '../../../shared/domain/fine-tuning';
import type { Random } from '../../../shared/domain/random';
import { blurPixels } from './blur-pixels';
import { cutAndTurn } from './cut-and-turn';
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
    const scale = 1 - amounts.crop * draw.size;
    pixels = cutAndTurn(
      { width, height, data: pixels },
      {
        scale,
        degrees: (2 * draw.angle - 1) * amounts.rotate,
        centerX: scale / 2 + draw.left * (1 - scale),
        centerY: scale / 2 + draw.top * (1 - scale),
      },
    );
  }
  if (amounts.color > 0) pixels = recolor(pixels, amounts.color, draw);
  if (amounts.blur > 0 && draw.isBlurred < 0.5) {
    const deviation = (draw.blur * amounts.blur * width) / usualWidth;
    pixels = blurPixels({ width, height, data: pixels }, deviation);
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
