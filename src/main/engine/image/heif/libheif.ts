/**
 * The part of libheif's WebAssembly build (npm libheif-js, LGPL-3.0, loaded as it comes and
 * replaceable by another build of it) that decoding one picture takes. Its own `HeifDecoder` writes
 * to the console and does not say which picture is the primary one.
 */
export interface LibHeif {
  heif_context_alloc(): Handle;
  heif_context_free(context: Handle): void;
  heif_context_read_from_memory(context: Handle, bytes: Uint8Array): { code: Code };
  /** A handle, or an error with a code. */
  heif_js_context_get_primary_image_handle(context: Handle): Handle | HeifError;
  heif_image_handle_get_width(handle: Handle): number;
  heif_image_handle_get_height(handle: Handle): number;
  heif_image_handle_release(handle: Handle): void;
  heif_js_decode_image2(
    handle: Handle,
    colorspace: unknown,
    chroma: unknown,
  ): DecodedImage | HeifError;
  heif_image_release(image: Handle): void;
  readonly heif_error_code: { heif_error_Ok: Code };
  readonly heif_colorspace: { heif_colorspace_RGB: unknown };
  readonly heif_chroma: { heif_chroma_interleaved_RGBA: unknown };
}

export interface Handle {
  readonly handle?: never;
}

interface Code {
  readonly value: number;
}

export interface HeifError {
  code: Code;
}

interface DecodedImage {
  image: Handle;
  channels: readonly {
    width: number;
    height: number;
    /** Bytes from one row to the next. */
    stride: number;
    data: Uint8Array;
  }[];
}

let loading: Promise<LibHeif> | undefined;

/** One instance a thread, made when the first HEIC photo comes: 1.5 MB of code, 40 ms. */
export function loadLibHeif(): Promise<LibHeif> {
  loading ??= import('libheif-js/libheif-wasm/libheif-bundle.mjs').then((bundle) =>
    bundle.default(),
  );
  return loading;
}

/**
 * A WebAssembly memory never shrinks: after a large photo the instance is let go of with it, and the
 * next photo makes another.
 */
export function forgetLibHeif(): void {
  loading = undefined;
}
