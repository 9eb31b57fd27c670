import type { RgbImage } from './rgb-image';
import { sharp } from './sharp';

const thumbnailSide = 320;

/** A JPEG for the grid, longer side at most 320 pixels, never enlarged. */
export async function thumbnail({ width, height, data }: RgbImage): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** The pixels of a thumbnail again. */
export async function readThumbnail(jpeg: Uint8Array): Promise<RgbImage> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
