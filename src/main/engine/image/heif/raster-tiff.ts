import type { HeicExtras } from './decode-heic';

export interface RgbaRows {
  width: number;
  height: number;
  /** Bytes from one row to the next, at least width * 4. */
  stride: number;
  data: Uint8Array;
}

/** TIFF 6.0 section 2: types of a field's values. */
const short = 3;
const long = 4;
const undefinedBytes = 7;

/**
 * Pixels as an uncompressed TIFF file, with their color profile and orientation: all that a decoder
 * needs to treat them like any other photo. TIFF 6.0 sections 6 (RGB) and 18 (alpha, unassociated),
 * ICC.1 annex B.4 (profile).
 */
export function rasterTiff(rows: RgbaRows, { iccProfile, orientation }: HeicExtras): Uint8Array {
  const { width, height, stride, data } = rows;
  const rowBytes = width * 4;
  const pixelBytes = rowBytes * height;
  const headerBytes = 8;
  const depthsAt = headerBytes + pixelBytes;
  const profileAt = depthsAt + 8;
  const profileBytes = iccProfile?.length ?? 0;
  const directoryAt = profileAt + profileBytes + (profileBytes % 2);
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, long, 1, width],
    [257, long, 1, height],
    [258, short, 4, depthsAt],
    [259, short, 1, 1],
    [262, short, 1, 2],
    [273, long, 1, headerBytes],
    [274, short, 1, orientation],
    [277, short, 1, 4],
    [278, long, 1, height],
    [279, long, 1, pixelBytes],
    [338, short, 1, 2],
  ];
  if (iccProfile) entries.push([34675, undefinedBytes, profileBytes, profileAt]);

  const file = new Uint8Array(directoryAt + 2 + entries.length * 12 + 4);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x49492a00);
  view.setUint32(4, directoryAt, true);
  for (let row = 0; row < height; row += 1) {
    const from = row * stride;
    file.set(data.subarray(from, from + rowBytes), headerBytes + row * rowBytes);
  }
  for (let channel = 0; channel < 4; channel += 1) view.setUint16(depthsAt + channel * 2, 8, true);
  if (iccProfile) file.set(iccProfile, profileAt);
  view.setUint16(directoryAt, entries.length, true);
  entries.forEach(([tag, type, count, value], index) => {
    const at = directoryAt + 2 + index * 12;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    // A single short stands in the first two bytes of the value, which little-endian gives anyway.
    view.setUint32(at + 8, value, true);
  });
  return file;
}
