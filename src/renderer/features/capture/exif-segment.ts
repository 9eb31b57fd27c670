import { studioCamera as model } from '@shared/domain/photo';

/** TIFF 6.0 section 2: types of a field's values. */
const ascii = 2;
const long = 4;

/**
 * A JPEG with an EXIF block that says when and by what it was taken (Exif 2.32, sections 4.5 and 4.6).
 * By that the shots of one burst are known to be one, and are dealt into one split.
 */
export function withExif(jpeg: Uint8Array, takenAt: Date): Uint8Array<ArrayBuffer> {
  const segment = exifSegment(takenAt);
  const result = new Uint8Array(jpeg.length + segment.length);
  // Right after the start-of-image marker, before what the encoder wrote.
  result.set(jpeg.subarray(0, 2));
  result.set(segment, 2);
  result.set(jpeg.subarray(2), 2 + segment.length);
  return result;
}

function exifSegment(takenAt: Date): Uint8Array {
  const modelText = `${model}\0`;
  const timeText = `${exifTime(takenAt)}\0`;
  // Offsets count from the TIFF header: 8 bytes of it, a directory of two fields, one of one.
  const modelAt = 8 + 2 + 2 * 12 + 4;
  const exifAt = modelAt + modelText.length + (modelText.length % 2);
  const timeAt = exifAt + 2 + 12 + 4;
  const tiff = new Uint8Array(timeAt + timeText.length);
  const view = new DataView(tiff.buffer);
  view.setUint32(0, 0x49492a00);
  view.setUint32(4, 8, true);
  const field = (at: number, tag: number, type: number, count: number, value: number) => {
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    view.setUint32(at + 8, value, true);
  };
  view.setUint16(8, 2, true);
  field(10, 0x0110, ascii, modelText.length, modelAt);
  field(22, 0x8769, long, 1, exifAt);
  view.setUint16(exifAt, 1, true);
  field(exifAt + 2, 0x9003, ascii, timeText.length, timeAt);
  write(tiff, modelAt, modelText);
  write(tiff, timeAt, timeText);

  const segment = new Uint8Array(4 + 6 + tiff.length);
  new DataView(segment.buffer).setUint32(0, 0xffe1_0000 | (segment.length - 2));
  write(segment, 4, 'Exif\0\0');
  segment.set(tiff, 10);
  return segment;
}

function write(into: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) into[at + index] = text.charCodeAt(index);
}

/** `YYYY:MM:DD HH:MM:SS` on this computer's clock: EXIF knows no time zone. */
function exifTime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join(':');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}
