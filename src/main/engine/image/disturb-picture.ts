import type { Disturbance } from '../../../shared/domain/robustness';
import type { Random } from '../../../shared/domain/random';
import { blurPixels } from './blur-pixels';
import { cutAndTurn } from './cut-and-turn';
import type { RgbImage } from './rgb-image';
import { sharp } from './sharp';

/** Pictures this wide are what blur is measured on. */
const usualWidth = 224;

type Disturb = (
  image: RgbImage,
  strength: number,
  random: Random,
) => Promise<Uint8Array> | Uint8Array;

const ways: Record<Disturbance, Disturb> = {
  darker: scaleBytes,
  brighter: scaleBytes,
  blur: (image, deviation) => blurPixels(image, (deviation * image.width) / usualWidth),
  turned: (image, degrees, random) => {
    const side = random.next() < 0.5 ? -1 : 1;
    return cutAndTurn(image, { scale: 1, degrees: side * degrees, centerX: 0.5, centerY: 0.5 });
  },
  jpeg: throughJpeg,
  noise: addNoise,
};

/**
 * A picture as a worse one.
 * @param strength of `disturbanceStrengths`, in the unit told there
 * @param random what is left to chance: the side it is turned to, the noise
 * @returns bytes of the same size
 */
export async function disturbPicture(
  image: RgbImage,
  disturbance: Disturbance,
  strength: number,
  random: Random,
): Promise<Uint8Array> {
  return ways[disturbance](image, strength, random);
}

function scaleBytes({ data }: RgbImage, factor: number): Uint8Array {
  return data.map((value) => Math.min(255, Math.round(value * factor)));
}

async function throughJpeg(
  { width, height, data }: RgbImage,
  quality: number,
): Promise<Uint8Array> {
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
  return sharp(jpeg).removeAlpha().raw().toBuffer();
}

/** Each byte by itself. */
function addNoise({ data }: RgbImage, deviation: number, random: Random): Uint8Array {
  return data.map((value) =>
    Math.max(0, Math.min(255, Math.round(value + deviation * random.normal()))),
  );
}
