import { PhotoProblem } from '../../../shared/domain/photo-problem';
import type { Cut } from '../exchange/listed-photo';
import { openPhoto, type Rgb } from './open-photo';
import { sharp } from './sharp';

const noBackground: Rgb = [255, 255, 255];

/**
 * Cuts parts out of one upright picture, decoded once, as PNG files: nothing is lost. Boxes are
 * rounded to whole pixels and end where the picture ends.
 * @returns one answer a cut, in their order.
 * @throws PhotoProblem when the bytes are no photo.
 */
export async function cutPhoto(
  bytes: Uint8Array,
  cuts: readonly Cut[],
): Promise<(Uint8Array | PhotoProblem)[]> {
  const photo = await openPhoto(bytes, noBackground);
  const pipeline = await photo.pipeline();
  const { data, info } = await photo.decode(pipeline.raw().toBuffer({ resolveWithObject: true }));
  const { width, height, channels } = info;
  const answers: (Uint8Array | PhotoProblem)[] = [];
  for (const { box, pictureSize } of cuts) {
    if (pictureSize && (pictureSize.width !== width || pictureSize.height !== height)) {
      answers.push(otherSize(pictureSize, { width, height }));
      continue;
    }
    const left = clamp(Math.round(box.left), 0, width - 1);
    const top = clamp(Math.round(box.top), 0, height - 1);
    const right = clamp(Math.round(box.left + box.width), left + 1, width);
    const bottom = clamp(Math.round(box.top + box.height), top + 1, height);
    const area = { left, top, width: right - left, height: bottom - top };
    const pixels = sharp(data, { raw: { width, height, channels } });
    answers.push(await pixels.extract(area).png().toBuffer());
  }
  return answers;
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

interface Size {
  width: number;
  height: number;
}

const otherSize = (listed: Size, actual: Size) =>
  new PhotoProblem(
    'box',
    `The picture measures ${actual.width} × ${actual.height} pixels, not ` +
      `${listed.width} × ${listed.height} as its list says: the box can’t be placed.`,
  );
