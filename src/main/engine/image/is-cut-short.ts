import type { PhotoFormat } from '../../../shared/domain/photo';
import { tiffDirectories } from './tiff-directories';

/**
 * Whether bytes that failed to decode end before the file's own structure says they should: tells
 * an interrupted copy from damage inside. The decoder's message would not do: libvips has one
 * buffer for the messages of all threads, and they get mixed up.
 */
export function isCutShort(bytes: Uint8Array, format: PhotoFormat): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (format) {
    case 'jpeg':
      return endsInsideJpeg(buffer);
    case 'png':
      return !buffer.includes('IEND', Math.max(0, buffer.length - 4096), 'latin1');
    case 'gif':
      return endsInsideGif(buffer);
    case 'webp':
      return buffer.length < 12 || buffer.readUInt32LE(4) + 8 > buffer.length;
    case 'avif':
    case 'heic':
      return endsInsideBox(buffer);
    case 'tiff':
      return tiffDirectories(bytes).dataEnd > bytes.length;
  }
}

/**
 * ITU-T T.81 annex B: segments with their size in front (an EXIF thumbnail, with an end marker of
 * its own, is inside one), coded data in which 0xFF is followed by 0 or a restart marker, and an
 * end-of-image marker.
 */
function endsInsideJpeg(buffer: Buffer): boolean {
  let position = 2;
  for (;;) {
    position = buffer.indexOf(0xff, position);
    if (position < 0 || position + 1 >= buffer.length) return true;
    const marker = buffer.readUInt8(position + 1);
    if (marker === 0xd9) return false;
    const standsAlone = marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    if (marker === 0xff) position += 1;
    else if (standsAlone) position += 2;
    else if (position + 4 > buffer.length) return true;
    else position += 2 + buffer.readUInt16BE(position + 2);
  }
}

/** GIF89a appendix A: blocks of sub-blocks, each with its size in front, and a trailer. */
function endsInsideGif(buffer: Buffer): boolean {
  if (buffer.length < 13) return true;
  let position = 13 + colorTableBytes(buffer.readUInt8(10));
  while (position < buffer.length) {
    const block = buffer.readUInt8(position);
    if (block === 0x3b) return false;
    if (block === 0x21) position += 2;
    else if (block !== 0x2c) return false;
    else if (position + 11 > buffer.length) return true;
    else position += 11 + colorTableBytes(buffer.readUInt8(position + 9));
    for (let size = buffer[position]; size !== 0; size = buffer[position]) {
      if (size === undefined) return true;
      position += 1 + size;
    }
    position += 1;
  }
  return true;
}

/** By the packed field of a screen or image descriptor. */
function colorTableBytes(packed: number): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 0x07) + 1) : 0;
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
