import type { PhotoFormat } from '../../../shared/domain/photo';
import { tiffDirectories } from './tiff-directories';

/**
 * Whether bytes that failed to decode end before the file's own structure says they should: tells
 * an interrupted copy from damage inside. Only for files of that format that failed to decode.
 */
export function isCutShort(bytes: Uint8Array, format: PhotoFormat, decoderSays: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (format) {
    case 'jpeg':
      // An EXIF thumbnail brings its own end marker along, so that the bytes can't tell.
      return /premature end/i.test(decoderSays);
    case 'png':
      return !buffer.includes('IEND', Math.max(0, buffer.length - 4096), 'latin1');
    case 'gif':
      return /unexpected end/i.test(decoderSays) || buffer.at(-1) !== 0x3b;
    case 'webp':
      return buffer.length < 12 || buffer.readUInt32LE(4) + 8 > buffer.length;
    case 'avif':
      return endsInsideBox(buffer);
    case 'tiff':
      return tiffDirectories(bytes).dataEnd > bytes.length;
  }
}

/** ISO 14496-12 section 4.2: boxes follow one another, each with its size in front. */
function endsInsideBox(buffer: Buffer): boolean {
  let position = 0;
  while (position + 8 <= buffer.length) {
    let size = buffer.readUInt32BE(position);
    if (size === 0) return false;
    if (size === 1) {
      if (position + 16 > buffer.length) return true;
      size = Number(buffer.readBigUInt64BE(position + 8));
    }
    if (size < 8) return false;
    position += size;
  }
  return position !== buffer.length;
}
