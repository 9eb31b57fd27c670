import { openPhoto, type Rgb } from './open-photo';

/** Shown behind transparent parts on the screen, where no model looks. */
const screenBackground: Rgb = [255, 255, 255];

/**
 * A JPEG for the screen, longer side at most `size` pixels, never enlarged.
 * @throws PhotoProblem when the bytes are no photo.
 */
export async function renderPhoto(bytes: Uint8Array, size: number): Promise<Uint8Array> {
  const photo = await openPhoto(bytes, screenBackground);
  const pipeline = await photo.pipeline();
  return photo.decode(
    pipeline
      .resize(size, size, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 88 })
      .toBuffer(),
  );
}
