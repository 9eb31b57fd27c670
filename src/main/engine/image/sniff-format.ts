import type { PhotoFormat } from '../../../shared/domain/photo';

/** What a file's first bytes say it is. `unsupported` is an image format by name, for people. */
export type SniffedFormat = { format: PhotoFormat } | { unsupported: string } | undefined;

const text = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

const startsWith = (bytes: Uint8Array, ...values: number[]): boolean =>
  bytes.length >= values.length && values.every((value, index) => bytes[index] === value);

/**
 * Names the format by its signature; a file's name has no say in it. Signatures: JPEG ITU-T T.81
 * B.1.1.3, PNG ISO 15948 5.2, GIF89a section 17, RFC 9649 (WebP), TIFF 6.0 section 2, ISO 23008-12
 * (HEIF brands), AV1 Image File Format section 6.
 */
export function sniffFormat(bytes: Uint8Array): SniffedFormat {
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return { format: 'jpeg' };
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return { format: 'png' };
  const head = text(bytes, 0, 12);
  if (/^GIF8[79]a/.test(head)) return { format: 'gif' };
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return { format: 'webp' };
  if (head.slice(4, 8) === 'ftyp') return sniffHeif(bytes);
  const rawCamera = sniffRawCamera(bytes);
  if (rawCamera) return { unsupported: rawCamera };
  if (/^(II\*\0|MM\0\*|II\+\0|MM\0\+)/.test(head)) return { format: 'tiff' };
  return sniffOther(bytes);
}

/** ISO base media files: the major brand and the compatible ones tell AVIF from HEIC. */
function sniffHeif(bytes: Uint8Array): SniffedFormat {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Math.min(view.getUint32(0), bytes.length, 256);
  const brands = text(bytes, 8, length);
  if (brands.includes('avif') || brands.includes('avis')) return { format: 'avif' };
  if (/hei[cxms]|hev[cxms]|mif1|msf1/.test(brands)) return { format: 'heic' };
  if (brands.startsWith('crx')) return { unsupported: 'Canon raw' };
  return undefined;
}

/** Raw files look like TIFF but hold a small preview first, which would pass for the photo. */
function sniffRawCamera(bytes: Uint8Array): string | undefined {
  const head = text(bytes, 0, 16);
  if (head.startsWith('FUJIFILMCCD-RAW')) return 'Fujifilm raw';
  if (/^(IIRO|IIRS|MMOR)/.test(head)) return 'Olympus raw';
  if (head.startsWith('IIU\0')) return 'Panasonic raw';
  if (/^II\*\0.{4}CR/s.test(head)) return 'Canon raw';
  return undefined;
}

function sniffOther(bytes: Uint8Array): SniffedFormat {
  const head = text(bytes, 0, 12);
  if (head.startsWith('BM') && bytes.length > 26) return { unsupported: 'BMP' };
  if (head.startsWith('8BPS')) return { unsupported: 'Photoshop' };
  if (head.startsWith('\xff\x0a') || head.slice(4, 8) === 'JXL ') return { unsupported: 'JPEG XL' };
  if (head.slice(4, 8) === 'jP  ') return { unsupported: 'JPEG 2000' };
  if (/<svg[\s>]/i.test(text(bytes, 0, 512))) return { unsupported: 'SVG' };
  return undefined;
}
