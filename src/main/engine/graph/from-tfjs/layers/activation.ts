import { z } from 'zod';
import type { Activation } from '../../graph';
import { type Conversion, configOf, onlyInput, refuse } from '../conversion';
import type { LayerRecord } from '../topology';
import type { LayerConverter } from './layer-converter';
import { addNumber, multiplyByNumber } from './number-arithmetic';

/** By name, or as Keras 3 writes functions. */
export const activation = z
  .union([z.string(), z.object({ config: z.string() }).transform(({ config }) => config)])
  .nullish()
  .transform((name) => name ?? 'linear');

const fusible: Readonly<Record<string, Activation>> = {
  linear: 'none',
  relu: 'relu',
  relu6: 'relu6',
};

/** What an operator does by itself; undefined for what needs operators of its own. */
export const fused = (name: string): Activation | undefined =>
  Object.hasOwn(fusible, name) ? fusible[name] : undefined;

/** Applies an activation by its name, as TensorFlow.js defines it, with operators of its own. */
export function activate(
  layer: LayerRecord,
  value: number,
  name: string,
  conversion: Conversion,
): number {
  const shape = conversion.shapeOf(value);
  switch (name) {
    case 'linear':
      return value;
    case 'relu':
      return conversion.emit('RELU', layer, [value], shape, {});
    case 'relu6':
      return conversion.emit('RELU6', layer, [value], shape, {});
    case 'sigmoid':
      return conversion.emit('LOGISTIC', layer, [value], shape, {});
    case 'softmax':
      return conversion.emit('SOFTMAX', layer, [value], shape, { beta: 1 });
    case 'swish':
    case 'silu': {
      const gate = conversion.emit('LOGISTIC', layer, [value], shape, {}, 'sigmoid');
      return conversion.emit('MUL', layer, [value, gate], shape, { activation: 'none' });
    }
    case 'tanh': {
      // 2 · sigmoid(2x) − 1: of LiteRT's TANH the rest of the studio knows nothing.
      const double = multiplyByNumber(layer, value, 2, conversion, 'double');
      const half = conversion.emit('LOGISTIC', layer, [double], shape, {}, 'sigmoid');
      const stretched = multiplyByNumber(layer, half, 2, conversion, 'stretched');
      return addNumber(layer, stretched, -1, conversion);
    }
    default:
      throw refuse(layer, `its activation ${name.slice(0, 100)} has no counterpart`);
  }
}

export const activationLayer: LayerConverter = (layer, inputs, conversion) => {
  const config = configOf(layer, z.object({ activation }));
  return activate(layer, onlyInput(layer, inputs), config.activation, conversion);
};

export const softmaxLayer: LayerConverter = (layer, inputs, conversion) => {
  const value = onlyInput(layer, inputs);
  const { axis } = configOf(layer, z.object({ axis: z.int().nullish() }));
  const rank = conversion.shapeOf(value).length;
  if ((axis ?? -1) !== -1 && axis !== rank - 1) {
    throw refuse(layer, `its axis is ${axis}, not the last one`);
  }
  return activate(layer, value, 'softmax', conversion);
};

const reluSchema = z.object({
  max_value: z.number().positive().nullish(),
  negative_slope: z.number().nullish(),
  threshold: z.number().nullish(),
});

export const reluLayer: LayerConverter = (layer, inputs, conversion) => {
  const value = onlyInput(layer, inputs);
  const config = configOf(layer, reluSchema);
  if (config.negative_slope || config.threshold) {
    throw refuse(layer, 'a negative slope or a threshold has no counterpart');
  }
  const most = config.max_value ?? Number.POSITIVE_INFINITY;
  if (most === Number.POSITIVE_INFINITY) return activate(layer, value, 'relu', conversion);
  if (most === 6) return activate(layer, value, 'relu6', conversion);
  // RELU6 on another scale.
  const stretched = multiplyByNumber(layer, value, 6 / most, conversion, 'stretched');
  const shape = conversion.shapeOf(value);
  const clipped = conversion.emit('RELU6', layer, [stretched], shape, {}, 'clipped');
  return multiplyByNumber(layer, clipped, most / 6, conversion);
};

const leakySchema = z.object({
  alpha: z.number().nullish(),
  /** Keras 3's name for it. */
  negative_slope: z.number().nullish(),
});

/** relu(x) − slope · relu(−x): the graph has no operator for it. */
export const leakyReluLayer: LayerConverter = (layer, inputs, conversion) => {
  const value = onlyInput(layer, inputs);
  const { alpha, negative_slope: renamed } = configOf(layer, leakySchema);
  const slope = renamed ?? alpha ?? 0.3;
  const shape = conversion.shapeOf(value);
  const above = conversion.emit('RELU', layer, [value], shape, {}, 'above');
  const turned = multiplyByNumber(layer, value, -1, conversion, 'turned');
  const below = conversion.emit('RELU', layer, [turned], shape, {}, 'below');
  const sloped = multiplyByNumber(layer, below, -slope, conversion, 'sloped');
  return conversion.emit('ADD', layer, [above, sloped], shape, { activation: 'none' });
};
