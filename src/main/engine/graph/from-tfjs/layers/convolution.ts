import { z } from 'zod';
import type { ConvolutionOptions } from '../../graph';
import { type Conversion, configOf, onlyInput, refuse } from '../conversion';
import type { LayerRecord } from '../topology';
import { activate, activation, fused } from './activation';
import {
  dataFormat,
  type LayerConverter,
  padding,
  pair,
  places,
  requireChannelsLast,
} from './layer-converter';

const kernelSchema = z.object({
  kernel_size: pair,
  strides: pair.nullish().transform((value) => value ?? ([1, 1] as const)),
  dilation_rate: pair.nullish().transform((value) => value ?? ([1, 1] as const)),
  padding: padding.nullish().transform((value) => value ?? 'valid'),
  data_format: dataFormat,
  use_bias: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
  activation,
});
type KernelConfig = z.output<typeof kernelSchema>;

const channels = z.int().min(1).max(1_000_000);

const convolutionSchema = kernelSchema.extend({ filters: channels, groups: z.int().nullish() });

/** Kernel of TensorFlow.js [height, width, in, out], of TFLite [out, height, width, in]. */
export const convolutionLayer: LayerConverter = (layer, inputs, conversion) => {
  const config = configOf(layer, convolutionSchema);
  requireChannelsLast(layer, config);
  if ((config.groups ?? 1) !== 1) throw refuse(layer, 'its channels are convolved in groups');
  const value = onlyInput(layer, inputs);
  const [, , channelsIn] = conversion.mapOf(layer, value);
  const [height, width] = config.kernel_size;
  const { filters } = config;
  const kernel = conversion.constant(layer, 'kernel', () => {
    const stored = conversion.weight(layer, 'kernel', [height, width, channelsIn, filters]);
    return { shape: [filters, height, width, channelsIn], values: lastAxisFirst(stored, filters) };
  });
  const bias = biasOf(layer, config.use_bias, filters, conversion);
  const options = optionsOf(config);
  const convolved = { value, kernel, bias, channels: filters };
  return activated(layer, config, conversion, (activationOfOperator, part) =>
    conversion.emit(
      'CONV_2D',
      layer,
      [convolved.value, convolved.kernel, convolved.bias],
      shapeOf(layer, config, value, filters, conversion),
      { ...options, activation: activationOfOperator },
      part,
    ),
  );
};

const depthwiseSchema = kernelSchema.extend({
  depth_multiplier: channels.nullish().transform((value) => value ?? 1),
});

export const depthwiseLayer: LayerConverter = (layer, inputs, conversion) => {
  const config = configOf(layer, depthwiseSchema);
  requireChannelsLast(layer, config);
  const value = onlyInput(layer, inputs);
  const [, , channelsIn] = conversion.mapOf(layer, value);
  const channelsOut = channelsIn * config.depth_multiplier;
  const bias = biasOf(layer, config.use_bias, channelsOut, conversion);
  return activated(layer, config, conversion, (activationOfOperator, part) =>
    emitDepthwise({ layer, config, value, bias, part }, conversion, activationOfOperator),
  );
};

const separableSchema = depthwiseSchema.extend({ filters: channels });

/** A depthwise convolution and one of 1×1 behind it, which has the bias. */
export const separableLayer: LayerConverter = (layer, inputs, conversion) => {
  const config = configOf(layer, separableSchema);
  requireChannelsLast(layer, config);
  const value = onlyInput(layer, inputs);
  const [, , channelsIn] = conversion.mapOf(layer, value);
  const between = channelsIn * config.depth_multiplier;
  const { filters } = config;
  const none = conversion.constant(layer, 'depthwise_bias', () => zeros(between));
  const depthwise = emitDepthwise(
    { layer, config, value, bias: none, part: 'depthwise' },
    conversion,
    'none',
  );
  const kernel = conversion.constant(layer, 'pointwise_kernel', () => {
    const stored = conversion.weight(layer, 'pointwise_kernel', [1, 1, between, filters]);
    return { shape: [filters, 1, 1, between], values: lastAxisFirst(stored, filters) };
  });
  const bias = biasOf(layer, config.use_bias, filters, conversion);
  const shape = [...conversion.shapeOf(depthwise).slice(0, 3), filters];
  const options = { ...plain, padding: 'valid' } as const;
  return activated(layer, config, conversion, (activationOfOperator, part) =>
    conversion.emit(
      'CONV_2D',
      layer,
      [depthwise, kernel, bias],
      shape,
      { ...options, activation: activationOfOperator },
      part,
    ),
  );
};

const plain = { strideWidth: 1, strideHeight: 1, dilationWidth: 1, dilationHeight: 1 };

interface Depthwise {
  layer: LayerRecord;
  config: z.output<typeof depthwiseSchema>;
  value: number;
  bias: number;
  part?: string | undefined;
}

/** Kernels [height, width, in, multiplier] and [1, height, width, in · multiplier] lie alike. */
function emitDepthwise(
  { layer, config, value, bias, part }: Depthwise,
  conversion: Conversion,
  activationOfOperator: ConvolutionOptions['activation'],
): number {
  const [, , channelsIn] = conversion.mapOf(layer, value);
  const [height, width] = config.kernel_size;
  const { depth_multiplier: depthMultiplier } = config;
  const channelsOut = channelsIn * depthMultiplier;
  const kernel = conversion.constant(layer, 'depthwise_kernel', () => ({
    shape: [1, height, width, channelsOut],
    // Keras 3 calls that of a DepthwiseConv2D just so.
    values: conversion.weight(
      layer,
      'depthwise_kernel',
      [height, width, channelsIn, depthMultiplier],
      ...(layer.className === 'DepthwiseConv2D' ? ['kernel'] : []),
    ),
  }));
  return conversion.emit(
    'DEPTHWISE_CONV_2D',
    layer,
    [value, kernel, bias],
    shapeOf(layer, config, value, channelsOut, conversion),
    { ...optionsOf(config), activation: activationOfOperator, depthMultiplier },
    part,
  );
}

/** The operator with its activation in it where it can be, else with operators behind it. */
export function activated(
  layer: LayerRecord,
  config: { activation: string },
  conversion: Conversion,
  emit: (activation: ConvolutionOptions['activation'], part?: string) => number,
): number {
  const inside = fused(config.activation);
  if (inside !== undefined) return emit(inside);
  return activate(layer, emit('none', 'linear'), config.activation, conversion);
}

/** LiteRT wants one with every convolution: zeros where the layer has none. */
export const biasOf = (
  layer: LayerRecord,
  isUsed: boolean,
  count: number,
  conversion: Conversion,
): number =>
  conversion.constant(layer, 'bias', () =>
    isUsed ? { shape: [count], values: conversion.weight(layer, 'bias', [count]) } : zeros(count),
  );

const zeros = (count: number) => ({ shape: [count], values: new Float32Array(count) });

const optionsOf = (config: KernelConfig): Omit<ConvolutionOptions, 'activation'> => ({
  padding: config.padding,
  strideHeight: config.strides[0],
  strideWidth: config.strides[1],
  dilationHeight: config.dilation_rate[0],
  dilationWidth: config.dilation_rate[1],
});

function shapeOf(
  layer: LayerRecord,
  { kernel_size: kernel, strides, dilation_rate: dilation, padding: rule }: KernelConfig,
  value: number,
  channelsOut: number,
  conversion: Conversion,
): number[] {
  const [height, width] = conversion.mapOf(layer, value);
  return [
    1,
    places(height, kernel[0], strides[0], rule, dilation[0]),
    places(width, kernel[1], strides[1], rule, dilation[1]),
    channelsOut,
  ];
}

/** Values of a tensor whose last axis has `last` places, with that axis first. */
export function lastAxisFirst(values: Float32Array, last: number): Float32Array {
  const others = values.length / last;
  const turned = new Float32Array(values.length);
  for (let other = 0; other < others; other++) {
    for (let at = 0; at < last; at++) turned[at * others + other] = values[other * last + at] ?? 0;
  }
  return turned;
}
