import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { centeredSquare, type SquarePixels } from '@companion/photo/model-pixels';
import type {
  companionContractSchema,
  companionManifestSchema,
} from '@shared/domain/companion-protocol';
import sharp from 'sharp';
import type { z } from 'zod';

/** What every companion is tested with (companions/vectors/README.md). */
export const vectorsFolder = fileURLToPath(new URL('../../../companions/vectors', import.meta.url));

export const readVector = (name: string): Buffer => readFileSync(join(vectorsFolder, name));

export const vectorManifest = JSON.parse(
  readVector('folder/manifest.json').toString('utf8'),
) as z.infer<typeof companionManifestSchema>;

export const vectorContract = (sha256: string) =>
  JSON.parse(readVector(`folder/${sha256}.json`).toString('utf8')) as z.infer<
    typeof companionContractSchema
  >;

/** What a browser's decoder and canvas give, without a browser. */
export async function decodeSquare(file: Uint8Array, cropFraction: number): Promise<SquarePixels> {
  const { data, info } = await sharp(file)
    .rotate()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { left, top, side } = centeredSquare(info, cropFraction);
  const rgba = new Uint8Array(side * side * 4);
  for (let row = 0; row < side; row++) {
    const from = ((top + row) * info.width + left) * 4;
    rgba.set(data.subarray(from, from + side * 4), row * side * 4);
  }
  return { side, rgba };
}
