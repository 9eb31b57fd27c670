import type { Metadata, Sharp } from 'sharp';
import { maximumFileBytes, type PhotoFormat } from '../../../shared/domain/photo';
import { exifOrientation } from './exif-facts';
import { decodeHeic } from './heif/decode-heic';
import { turnsItself } from './heif/turns-itself';
import { isCutShort } from './is-cut-short';
import { PhotoProblem } from '../../../shared/domain/photo-problem';
import { sharp } from './sharp';
import { sniffFormat } from './sniff-format';
import { tiffDirectories } from './tiff-directories';

/** 200-megapixel phones write up to 16,384 x 12,288 pixels; beyond that it is a pixel bomb. */
export const maximumPixels = 16_384 * 12_288;

/** HEIC is decoded in a memory of at most 4 GB, at some 12 bytes a pixel; phones write up to 50 million. */
const maximumHeicPixels = 100_000_000;

const decodeOptions = {
  failOn: 'error',
  limitInputPixels: maximumPixels,
  autoOrient: true,
} as const;

const dngVersionTag = 50706;

export type Rgb = readonly [number, number, number];

export interface OpenedPhoto {
  format: PhotoFormat;
  /** Pixels after EXIF orientation, of the first frame or page. */
  width: number;
  height: number;
  exif?: Uint8Array;
  /**
   * A fresh pipeline over the first frame: upright, converted to 8-bit sRGB from whatever
   * profile, depth or color model, alpha flattened on the background. Add a resize and an output.
   */
  pipeline(): Promise<Sharp>;
  /** Runs a pipeline's output and turns the decoder's error into a PhotoProblem. */
  decode<Result>(work: Promise<Result>): Promise<Result>;
}

/**
 * Reads a photo's header and says what is in it, without decoding its pixels.
 * @throws PhotoProblem with the reason why these bytes are no photo.
 */
export async function openPhoto(bytes: Uint8Array, background: Rgb): Promise<OpenedPhoto> {
  if (bytes.length === 0) throw new PhotoProblem('empty');
  if (bytes.length > maximumFileBytes) throw new PhotoProblem('too-large');
  const format = requireFormat(bytes);
  const decode = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      throw problemOf(error, bytes, format);
    }
  };
  // What is left of a picture would be decoded without a word.
  if (format === 'heic' && isCutShort(bytes, format)) throw new PhotoProblem('truncated');
  const metadata = await decode(sharp(bytes, { limitInputPixels: false }).metadata());
  const orientation = format === 'heic' ? heicOrientation(bytes, metadata) : metadata.orientation;
  const [width, height] = orientedSize({ ...metadata, orientation });
  const limit = format === 'heic' ? maximumHeicPixels : maximumPixels;
  if (width * height > limit) throw tooLarge(width, height, limit);
  return {
    format,
    width,
    height,
    ...(metadata.exif ? { exif: metadata.exif } : {}),
    async pipeline() {
      const readable =
        format === 'heic'
          ? await decode(
              decodeHeic(bytes, { iccProfile: metadata.icc, orientation: orientation ?? 1 }),
            )
          : bytes;
      return toSrgb(sharp(readable, decodeOptions), metadata, background);
    },
    decode,
  };
}

/** The color model, depth and transparency of any photo brought to opaque 8-bit sRGB. */
function toSrgb(pixels: Sharp, metadata: Metadata, [r, g, b]: Rgb): Sharp {
  // Flattening happens in the pipeline's color space, where gray would have no color to give.
  const gray = metadata.space === 'b-w' || metadata.space === 'grey16';
  if (gray && metadata.hasAlpha) pixels.pipelineColorspace('srgb');
  pixels.flatten({ background: { r, g, b } }).toColorspace('srgb');
  // sharp takes 16-bit colors with a profile to Display P3 and would leave them there.
  const staysInP3 = metadata.space === 'rgb16' && metadata.hasProfile;
  return staysInP3 ? pixels.withIccProfile('srgb', { attach: false }) : pixels;
}

function requireFormat(bytes: Uint8Array): PhotoFormat {
  const sniffed = sniffFormat(bytes);
  if (!sniffed) throw new PhotoProblem('not-an-image');
  if ('unsupported' in sniffed) throw unsupported(sniffed.unsupported);
  if (sniffed.format === 'tiff' && tiffDirectories(bytes).tags.has(dngVersionTag)) {
    throw unsupported('DNG raw');
  }
  return sniffed.format;
}

function unsupported(name: string): PhotoProblem {
  return new PhotoProblem(
    'unsupported-format',
    `${name} files can’t be read yet. Convert the file to JPEG or PNG and import that.`,
  );
}

/**
 * How decoded HEIC pixels are still to be turned. Phones say it by a property of the picture, which
 * libheif and all other readers obey, and repeat it in EXIF; where there is only EXIF, it counts.
 */
function heicOrientation(bytes: Uint8Array, { exif }: Metadata): number {
  return turnsItself(bytes) ? 1 : exifOrientation(exif);
}

function tooLarge(width: number, height: number, limit: number): PhotoProblem {
  const megapixels = Math.round((width * height) / 1e6).toLocaleString('en-US');
  return new PhotoProblem(
    'too-large',
    `The image has ${width} × ${height} pixels (${megapixels} megapixels), more than can be ` +
      `opened safely (${Math.floor(limit / 1e6)}). Save a smaller copy of it.`,
  );
}

/** EXIF orientations 5 to 8 swap the sides. An animation's height is that of one frame. */
function orientedSize(metadata: Metadata): [number, number] {
  const { width, height, pageHeight, orientation = 1 } = metadata;
  const frameHeight = pageHeight ?? height;
  return orientation >= 5 ? [frameHeight, width] : [width, frameHeight];
}

function problemOf(error: unknown, bytes: Uint8Array, format: PhotoFormat): PhotoProblem {
  const reason = isCutShort(bytes, format) ? 'truncated' : 'damaged';
  return new PhotoProblem(reason, undefined, { cause: error });
}
