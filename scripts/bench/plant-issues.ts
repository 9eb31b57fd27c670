import { copyFile, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom } from '../../src/shared/domain/random';

/** Files below the planted folder, as `label/name`, by what was done to them. */
export interface PlantedIssues {
  /** The files that lie in another label's folder than they should, with the right label. */
  wrongLabels: Map<string, string>;
  exactCopies: string[];
  /** Resized and encoded again, some as WebP or PNG. */
  reencodedCopies: string[];
  blurredCopies: string[];
}

/** How many of each; the photos they are made from are all different ones. */
export const plantedCounts = { wrongLabels: 10, exactCopies: 10, reencodedCopies: 10, blurred: 5 };

/**
 * Copies a folder of classes to `target` and plants issues in the copy: photos under a wrong label,
 * exact, resized and re-encoded, and blurred copies. The same seed plants the same.
 */
export async function plantIssues(
  source: string,
  target: string,
  seed: number,
): Promise<PlantedIssues> {
  const random = createRandom(seed);
  const files = await copyClasses(source, target);
  const labels = [...new Set(files.map(({ label }) => label))];
  const drawn = random.shuffled(files);
  const take = (count: number) => drawn.splice(0, count);
  const planted: PlantedIssues = {
    wrongLabels: new Map(),
    exactCopies: [],
    reencodedCopies: [],
    blurredCopies: [],
  };
  for (const { label, name } of take(plantedCounts.wrongLabels)) {
    const wrong = random.pick(labels.filter((other) => other !== label));
    await rename(join(target, label, name), join(target, wrong, `moved-${name}`));
    planted.wrongLabels.set(`${wrong}/moved-${name}`, label);
  }
  for (const { label, name } of take(plantedCounts.exactCopies)) {
    const copy = `${label}/exact-${name}`;
    await copyFile(join(target, label, name), join(target, copy));
    planted.exactCopies.push(copy);
  }
  for (const [index, { label, name }] of take(plantedCounts.reencodedCopies).entries()) {
    const copy = `${label}/again-${name}${['.jpg', '.webp', '.png'][index % 3]}`;
    await writeFile(
      join(target, copy),
      await encodeAgain(join(target, label, name), index, random.between(0.5, 0.9)),
    );
    planted.reencodedCopies.push(copy);
  }
  for (const { label, name } of take(plantedCounts.blurred)) {
    const copy = `${label}/blurred-${name}`;
    const sigma = random.between(2.5, 5);
    const bytes = await sharp(join(target, label, name))
      .blur(sigma)
      .jpeg({ quality: 90 })
      .toBuffer();
    await writeFile(join(target, copy), bytes);
    planted.blurredCopies.push(copy);
  }
  return planted;
}

async function copyClasses(source: string, target: string) {
  const files: { label: string; name: string }[] = [];
  const entries = await readdir(source, { withFileTypes: true });
  // A file system lists in an order of its own, and the same seed must plant the same everywhere.
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory()) continue;
    await mkdir(join(target, entry.name), { recursive: true });
    for (const name of (await readdir(join(source, entry.name))).sort()) {
      await copyFile(join(source, entry.name, name), join(target, entry.name, name));
      files.push({ label: entry.name, name });
    }
  }
  return files;
}

async function encodeAgain(file: string, index: number, scale: number): Promise<Buffer> {
  const { width } = await sharp(file).metadata();
  const smaller = sharp(file)
    .autoOrient()
    .resize(Math.round(width * scale));
  if (index % 3 === 1) return smaller.webp({ quality: 70 }).toBuffer();
  if (index % 3 === 2) return smaller.png().toBuffer();
  return smaller.jpeg({ quality: 60 }).toBuffer();
}
