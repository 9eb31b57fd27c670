import sharp from 'sharp';
import type { Random } from '../../../../shared/domain/random';

/** Base colors of tabletops, carpets, walls and cloth: [red, green, blue]. */
const grounds = [
  [196, 154, 108],
  [120, 84, 56],
  [222, 214, 200],
  [150, 150, 152],
  [70, 74, 80],
  [92, 116, 96],
  [150, 96, 88],
  [104, 124, 156],
  [236, 234, 230],
  [206, 180, 150],
] as const;

/**
 * A ground to lay a thing on: `width` x `height` RGB pixels (raw, 3 bytes each) of one of four
 * materials, lit from a side.
 */
export async function drawBackground(
  random: Random,
  width: number,
  height: number,
): Promise<Buffer> {
  const material = random.pick(['grain', 'cloth', 'blotches', 'plain'] as const);
  const texture = {
    // Stretched noise looks like wood, fine square noise like cloth, coarse noise like stone.
    grain: { columns: random.pick([3, 5]), rows: 96, contrast: 26 },
    cloth: { columns: width / 3, rows: height / 3, contrast: 20 },
    blotches: { columns: 12, rows: 9, contrast: 34 },
    plain: { columns: 4, rows: 3, contrast: 14 },
  }[material];
  const noise = await stretchedNoise(random, texture, width, height, random.next() < 0.5);
  return paint(random, noise, texture.contrast, width, height);
}

async function stretchedNoise(
  random: Random,
  { columns, rows }: { columns: number; rows: number },
  width: number,
  height: number,
  turned: boolean,
): Promise<Buffer> {
  const size = turned
    ? { width: Math.round(rows), height: Math.round(columns) }
    : { width: Math.round(columns), height: Math.round(rows) };
  const small = Buffer.alloc(size.width * size.height);
  for (let i = 0; i < small.length; i++) small[i] = random.index(256);
  return sharp(small, { raw: { ...size, channels: 1 } })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .extractChannel(0)
    .raw()
    .toBuffer();
}

function paint(
  random: Random,
  noise: Buffer,
  contrast: number,
  width: number,
  height: number,
): Buffer {
  const [red, green, blue] = random.pick(grounds);
  const shift = random.between(-28, 28);
  const angle = random.between(0, 2 * Math.PI);
  const light = random.between(10, 55);
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const across = (x / width - 0.5) * Math.cos(angle) + (y / height - 0.5) * Math.sin(angle);
      const i = y * width + x;
      const value = (((noise[i] ?? 128) - 128) / 128) * contrast + across * light * 2 + shift;
      pixels[i * 3] = clamp(red + value);
      pixels[i * 3 + 1] = clamp(green + value);
      pixels[i * 3 + 2] = clamp(blue + value);
    }
  }
  return pixels;
}

const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
