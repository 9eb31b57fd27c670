import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom, hashText } from '../../src/shared/domain/random';

const width = 400;
const height = 300;

/**
 * Draws `count` distinct pictures (blotches of color with a shape, JPEG of about 15 KB) into
 * `labels` class folders of `folder`: enough to load a project with, not to learn from.
 */
export async function drawPhotos(folder: string, count: number, labels = 20): Promise<void> {
  for (let label = 0; label < labels; label++) {
    await mkdir(join(folder, labelName(label)), { recursive: true });
  }
  for (let index = 0; index < count; index++) {
    const file = join(folder, labelName(index % labels), `${String(index).padStart(6, '0')}.jpg`);
    await writeFile(file, await drawPhoto(index));
  }
}

const labelName = (index: number) => `class ${String(index + 1).padStart(2, '0')}`;

async function drawPhoto(seed: number): Promise<Buffer> {
  const random = createRandom(hashText(`photo ${seed}`));
  const blotches = Buffer.from(Uint8Array.from({ length: 16 * 12 * 3 }, () => random.index(256)));
  return sharp(blotches, { raw: { width: 16, height: 12, channels: 3 } })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .jpeg({ quality: 88 })
    .toBuffer();
}
