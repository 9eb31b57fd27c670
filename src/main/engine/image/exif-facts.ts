import readExif from 'exif-reader';
import type { PhotoFacts } from '../../../shared/domain/photo';

/**
 * When and with what a photo was taken, from its EXIF block. Whatever is absent or makes no sense
 * is left out: odd metadata is no reason to refuse a photo.
 */
export function exifFacts(exif: Uint8Array | undefined): Pick<PhotoFacts, 'takenAt' | 'camera'> {
  if (!exif) return {};
  const { Image: image, Photo: photo } = tryRead(exif);
  const takenAt = localTime(photo?.DateTimeOriginal ?? image?.DateTime);
  const camera = cameraName(image?.Make, image?.Model);
  return { ...(takenAt ? { takenAt } : {}), ...(camera ? { camera } : {}) };
}

/** EXIF's orientation, 1..8; 1 (upright) where there is none that makes sense. */
export function exifOrientation(exif: Uint8Array | undefined): number {
  const orientation = exif ? Number(tryRead(exif).Image?.Orientation) : 1;
  return Number.isInteger(orientation) && orientation >= 1 && orientation <= 8 ? orientation : 1;
}

function tryRead(exif: Uint8Array): Partial<ReturnType<typeof readExif>> {
  try {
    return readExif(Buffer.from(exif.buffer, exif.byteOffset, exif.byteLength));
  } catch {
    return {};
  }
}

/** EXIF knows no time zone; exif-reader hands out its wall clock as if it were UTC. */
function localTime(date: unknown): string | undefined {
  if (!(date instanceof Date) || Number.isNaN(date.getTime())) return undefined;
  return date.toISOString().slice(0, 19);
}

/** Most makers repeat their name in the model ("Canon", "Canon EOS R5"). */
function cameraName(make: unknown, model: unknown): string | undefined {
  const [maker, name] = [make, model].map((part) =>
    typeof part === 'string' ? part.replaceAll('\0', '').trim() : '',
  );
  if (!name) return maker || undefined;
  return !maker || name.toLowerCase().startsWith(maker.toLowerCase()) ? name : `${maker} ${name}`;
}
