import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom, hashText } from '../../src/shared/domain/random';

const width = 400;
const height = 300;

/**
 * Draws `count` distinct pictures (blotches of color, JPEG of about 15 KB) into `labels` class
 * folders of `folder`: enough to load a project with, not to learn from. Each picture is drawn by
 * one thread; as many at once as the machine has cores, and one more to write its file.
 */
export async function drawPhotos(folder: string, count: number, labels = 20): Promise<void> {
  for (let label = 0; label < labels; label++) {
    await mkdir(join(folder, labelName(label)), { recursive: true });
  }
  sharp.concurrency(1);
  let next = 0;
  const drawer = async () => {
    for (let index = next++; index < count; index = next++) {
      const file = join(folder, labelName(index % labels), `${String(index).padStart(6, '0')}.jpg`);
      await writeFile(file, await drawPhoto(index));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, drawer));
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
