import { z } from 'zod';
import type { Padding } from '../../graph';
import { type Conversion, refuse } from '../conversion';
import type { LayerRecord } from '../topology';

/**
 * Makes operators of one call of a layer.
 * @param inputs the tensors that it takes, at least one
 * @returns the tensor that it gives
 * @throws AppError 'model-unsupported', 'model-unreadable' naming the layer
 */
export type LayerConverter = (
  layer: LayerRecord,
  inputs: number[],
  conversion: Conversion,
) => number;

const size = z.int().min(1).max(100_000);

/** One number for both sides, or height and width. */
export const pair = z
  .union([size, z.tuple([size]), z.tuple([size, size])])
  .transform((value): [number, number] => {
    if (typeof value === 'number') return [value, value];
    const [height, width = height] = value;
    return [height, width];
  });

export const padding = z.enum(['same', 'valid']) satisfies z.ZodType<Padding>;

/** Of layers that take pictures: in which order the values of a picture lie. */
export const dataFormat = z.string().nullish();

/** @throws AppError 'model-unsupported' for channels before height and width. */
export function requireChannelsLast(
  layer: LayerRecord,
  { data_format: format }: { data_format?: string | null | undefined },
): void {
  if (!format || format === 'channels_last') return;
  throw refuse(layer, `its data_format is ${format}; only channels_last is understood`);
}

/**
 * Places of a window along one side.
 * @returns 0 and less where the window does not fit
 */
export function places(
  input: number,
  window: number,
  stride: number,
  rule: Padding,
  dilation = 1,
): number {
  const reach = (window - 1) * dilation + 1;
  return Math.ceil((rule === 'same' ? input : input - reach + 1) / stride);
}
