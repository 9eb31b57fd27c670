import { z } from 'zod';

/**
 * How an input or output tensor stores real numbers: real = scale * (stored - zeroPoint).
 * float32 tensors have neither.
 */
export const tensorEncodingSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('float32') }),
  z.object({
    type: z.enum(['uint8', 'int8']),
    scale: z.number().positive(),
    zeroPoint: z.int().min(-128).max(255),
  }),
]);
export type TensorEncoding = z.infer<typeof tensorEncodingSchema>;

/**
 * Everything an app must do to a photo before the model and to the model's answer after it.
 * The trainer, the evaluator, the quantizer, the exporter and every phone companion apply this
 * one record, so that what was trained is what runs.
 *
 * Order: orient by EXIF; convert to sRGB; flatten alpha on `background`; cut the centered square
 * of `cropFraction` times the short side; resize it to `width` x `height` (antialiased bicubic);
 * take RGB bytes 0..255 in rows from the top left (NHWC); normalize (value - mean) / std for each
 * channel; store by `input`.
 */
export const preprocessingSchema = z.object({
  version: z.literal(1),
  width: z.int().positive(),
  height: z.int().positive(),
  channelOrder: z.literal('RGB'),
  cropFraction: z.number().positive().max(1),
  resize: z.literal('bicubic-antialiased'),
  background: z.tuple([z.int().min(0).max(255), z.int().min(0).max(255), z.int().min(0).max(255)]),
  /** On the 0..255 scale of the bytes. */
  mean: z.tuple([z.number(), z.number(), z.number()]),
  std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
  input: tensorEncodingSchema,
  /** Probabilities, one a label, after decoding. */
  output: tensorEncodingSchema,
  labels: z.array(z.string()),
});
export type Preprocessing = z.infer<typeof preprocessingSchema>;

/** The part of the contract that decides the pixels of a model input. */
export type PixelRecipe = Pick<
  Preprocessing,
  'version' | 'width' | 'height' | 'channelOrder' | 'cropFraction' | 'resize' | 'background'
>;

/** A text that is equal exactly when two recipes cut and scale pixels alike; a cache key. */
export function pixelRecipeKey(recipe: PixelRecipe): string {
  const { version, width, height, channelOrder, cropFraction, resize, background } = recipe;
  return `v${version}:${width}x${height}:${channelOrder}:${cropFraction}:${resize}:${background.join(',')}`;
}

/**
 * Normalizes RGB bytes (length width*height*3, interleaved) into `target` (same length), the
 * float32 input of a model in NHWC order.
 */
export function normalizePixels(
  bytes: Uint8Array,
  { mean, std }: Pick<Preprocessing, 'mean' | 'std'>,
  target: Float32Array,
): void {
  const [scaleR, scaleG, scaleB] = [1 / std[0], 1 / std[1], 1 / std[2]];
  for (let i = 0; i < bytes.length; i += 3) {
    target[i] = ((bytes[i] ?? 0) - mean[0]) * scaleR;
    target[i + 1] = ((bytes[i + 1] ?? 0) - mean[1]) * scaleG;
    target[i + 2] = ((bytes[i + 2] ?? 0) - mean[2]) * scaleB;
  }
}
