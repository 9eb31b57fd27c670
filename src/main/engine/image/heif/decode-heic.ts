import { rasterTiff } from './raster-tiff';
import { forgetLibHeif, type Handle, type HeifError, loadLibHeif } from './libheif';

/** Pixels from which on the decoder's memory (some 12 bytes a pixel) is given back afterwards. */
const largePixels = 16_000_000;

export interface HeicExtras {
  /** Of the picture's colors; without one they are sRGB. */
  iccProfile?: Uint8Array;
  /** How the decoded pixels still have to be turned, as in EXIF: 1..8. */
  orientation: number;
}

/**
 * Decodes the primary picture of a HEIC file with libheif, which puts tiles together and turns and
 * mirrors as the file's own properties say. Deeper colors are brought to 8 bits.
 * @returns an uncompressed TIFF file of its RGBA pixels, for the decoder that all photos go through.
 * @throws Error when the file is damaged.
 */
export async function decodeHeic(bytes: Uint8Array, extras: HeicExtras): Promise<Uint8Array> {
  const heif = await loadLibHeif();
  const context = heif.heif_context_alloc();
  let picture: Handle | undefined;
  let pixels = 0;
  const must = <Result extends object>(answer: Result | HeifError): Result => {
    if ('code' in answer) throw new Error('libheif refused the file');
    return answer;
  };
  try {
    const { code } = heif.heif_context_read_from_memory(context, bytes);
    if (code !== heif.heif_error_code.heif_error_Ok) throw new Error('libheif refused the file');
    picture = must<Handle>(heif.heif_js_context_get_primary_image_handle(context));
    pixels = heif.heif_image_handle_get_width(picture) * heif.heif_image_handle_get_height(picture);
    const { image, channels } = must(
      heif.heif_js_decode_image2(
        picture,
        heif.heif_colorspace.heif_colorspace_RGB,
        heif.heif_chroma.heif_chroma_interleaved_RGBA,
      ),
    );
    try {
      const [rgba] = channels;
      if (!rgba) throw new Error('libheif gave no pixels');
      return rasterTiff(rgba, extras);
    } finally {
      heif.heif_image_release(image);
    }
  } finally {
    if (picture) heif.heif_image_handle_release(picture);
    heif.heif_context_free(context);
    if (pixels > largePixels) forgetLibHeif();
  }
}
