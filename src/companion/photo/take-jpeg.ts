/** As good as phones store their own; a frame of 1280 × 720 has some 300 KB. */
const quality = 0.92;
/** What the studio takes of one photo, with some room. */
const largestBytes = 7 << 20;
const longestSide = 2560;

/**
 * What a camera sees now, or a photo that was taken, as the JPEG that is sent. A photo that is a JPEG
 * of a size to be sent stays as it is.
 * @throws when the browser can't read it.
 */
export async function takeJpeg(source: HTMLVideoElement | Blob): Promise<Blob> {
  if (source instanceof Blob && source.type === 'image/jpeg' && source.size <= largestBytes) {
    return source;
  }
  const bitmap = await createImageBitmap(source);
  const { width, height } = bitmap;
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (jpeg) => (jpeg ? resolve(jpeg) : reject(new Error('no JPEG'))),
      'image/jpeg',
      quality,
    );
  });
}
