import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { createRandom } from '../../src/shared/domain/random';

export interface VectorPhoto {
  /** What about it a companion may get wrong. */
  name: string;
  file: string;
  sha256: string;
  bytes: Uint8Array;
}

/**
 * The photos of the vectors: blobs of many colors, drawn from a seed, each a file of another kind.
 * JPEG is stored with all of its colors, so that only its decoder's rounding differs between machines.
 */
export async function drawPhotos(): Promise<VectorPhoto[]> {
  const jpeg = { quality: 90, chromaSubsampling: '4:4:4' };
  return Promise.all([
    photo('large', 'jpg', blobs(1, 800, 600).jpeg(jpeg)),
    photo('turned-right', 'jpg', blobs(2, 96, 72).withMetadata({ orientation: 6 }).jpeg(jpeg)),
    photo('transposed', 'jpg', blobs(3, 80, 100).withMetadata({ orientation: 5 }).jpeg(jpeg)),
    photo('transparent', 'png', blobs(4, 120, 90, 0.6).png()),
    photo('gray', 'png', blobs(5, 70, 70).toColorspace('b-w').png()),
    photo('smaller-than-the-input', 'png', blobs(6, 20, 27).png()),
    photo('very-wide', 'png', blobs(7, 300, 50).png()),
  ]);
}

async function photo(name: string, extension: string, image: Sharp): Promise<VectorPhoto> {
  const bytes = await image.toBuffer();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, file: `golden/${sha256}.${extension}`, sha256, bytes };
}

/** @param opacity of the blobs; below 1 the ground is left transparent. */
function blobs(seed: number, width: number, height: number, opacity = 1): Sharp {
  const random = createRandom(seed);
  const color = () => `hsl(${random.index(360)} 70% ${20 + random.index(60)}%)`;
  const ground = opacity < 1 ? '' : `<rect width="${width}" height="${height}" fill="${color()}"/>`;
  const shapes = Array.from({ length: 10 }, () => {
    const [x, y] = [random.index(width), random.index(height)];
    const [rx, ry] = [1 + random.index(width / 3), 1 + random.index(height / 3)];
    return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${color()}" fill-opacity="${opacity}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${ground}${shapes.join('')}</svg>`;
  const drawn = sharp(Buffer.from(svg));
  return opacity < 1 ? drawn : drawn.flatten();
}
