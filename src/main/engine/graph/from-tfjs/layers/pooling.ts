import { z } from 'zod';
import { configOf, onlyInput } from '../conversion';
import {
  dataFormat,
  type LayerConverter,
  padding,
  pair,
  places,
  requireChannelsLast,
} from './layer-converter';

const poolSchema = z.object({
  pool_size: pair.nullish().transform((value) => value ?? ([2, 2] as const)),
  strides: pair.nullish(),
  padding: padding.nullish().transform((value) => value ?? 'valid'),
  data_format: dataFormat,
});

/** Averages leave the padding out, in TensorFlow.js as in LiteRT. */
export const poolingLayer =
  (kind: 'MAX_POOL_2D' | 'AVERAGE_POOL_2D'): LayerConverter =>
  (layer, inputs, conversion) => {
    const config = configOf(layer, poolSchema);
    requireChannelsLast(layer, config);
    const value = onlyInput(layer, inputs);
    const [height, width, channels] = conversion.mapOf(layer, value);
    const [filterHeight, filterWidth] = config.pool_size;
    const [strideHeight, strideWidth] = config.strides ?? config.pool_size;
    const shape = [
      1,
      places(height, filterHeight, strideHeight, config.padding),
      places(width, filterWidth, strideWidth, config.padding),
      channels,
    ];
    return conversion.emit(kind, layer, [value], shape, {
      padding: config.padding,
      ...{ strideHeight, strideWidth, filterHeight, filterWidth },
      activation: 'none',
    });
  };

const globalSchema = z.object({ data_format: dataFormat, keepdims: z.boolean().nullish() });

export const globalAverageLayer: LayerConverter = (layer, inputs, conversion) => {
  const config = configOf(layer, globalSchema);
  requireChannelsLast(layer, config);
  const value = onlyInput(layer, inputs);
  const [, , channels] = conversion.mapOf(layer, value);
  const axes = conversion.constant(layer, 'axes', () => ({
    shape: [2],
    values: Int32Array.of(1, 2),
  }));
  const keepDims = config.keepdims === true;
  const shape = keepDims ? [1, 1, 1, channels] : [1, channels];
  return conversion.emit('MEAN', layer, [value, axes], shape, { keepDims });
};

/** A window as large as the map. */
export const globalMaximumLayer: LayerConverter = (layer, inputs, conversion) => {
  const config = configOf(layer, globalSchema);
  requireChannelsLast(layer, config);
  const value = onlyInput(layer, inputs);
  const [filterHeight, filterWidth, channels] = conversion.mapOf(layer, value);
  const keepsDims = config.keepdims === true;
  const pooled = conversion.emit(
    'MAX_POOL_2D',
    layer,
    [value],
    [1, 1, 1, channels],
    {
      padding: 'valid',
      ...{ strideHeight: 1, strideWidth: 1, filterHeight, filterWidth },
      activation: 'none',
    },
    keepsDims ? undefined : 'pool',
  );
  if (keepsDims) return pooled;
  const newShape = [1, channels];
  return conversion.emit('RESHAPE', layer, [pooled], newShape, { newShape });
};
