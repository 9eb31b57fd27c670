import { centeredSquare, type SquarePixels } from './model-pixels';

/** A photo as a file, or a frame of the camera; frames are closed when they are read. */
export type Picture = Blob | ImageBitmap;

/**
 * Decodes a photo (upright by its EXIF, in sRGB) and cuts out the square that a model is shown.
 * @throws when the browser can't read it.
 */
export async function readSquare(picture: Picture, cropFraction: number): Promise<SquarePixels> {
  const bitmap =
    picture instanceof Blob
      ? await createImageBitmap(picture, {
          imageOrientation: 'from-image',
          premultiplyAlpha: 'none',
          colorSpaceConversion: 'default',
        })
      : picture;
  const { left, top, side } = centeredSquare(bitmap, cropFraction);
  // No larger than the square: canvases of whole photos are more than some phones allow.
  const context = new OffscreenCanvas(side, side).getContext('2d', {
    colorSpace: 'srgb',
    willReadFrequently: true,
  });
  if (!context) throw new Error('no canvas');
  context.drawImage(bitmap, left, top, side, side, 0, 0, side, side);
  bitmap.close();
  return { side, rgba: context.getImageData(0, 0, side, side).data };
}
