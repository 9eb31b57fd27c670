import type { OpenedPhoto } from './open-photo';
import type { RgbImage } from './rgb-image';

/**
 * Short side of the picture that everything else is derived from: enough for a model input of up
 * to 448 pixels at the usual crop of 0.875, and small enough for thousands of photos a minute.
 */
export const intermediateSide = 512;

/**
 * The one decode of a photo: RGB pixels whose short side is `intermediateSide`, or the photo's own
 * size where that is smaller. Never enlarged.
 * @throws PhotoProblem 'truncated' or 'damaged'.
 */
export async function decodePhoto(photo: OpenedPhoto): Promise<RgbImage> {
  const pipeline = await photo.pipeline();
  const { data, info } = await photo.decode(
    pipeline
      .resize(intermediateSide, intermediateSide, {
        fit: 'outside',
        kernel: 'cubic',
        withoutEnlargement: true,
      })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  return { width: info.width, height: info.height, data };
}
