import { z } from 'zod';
import { configOf, onlyInput, refuse } from '../conversion';
import type { LayerConverter } from './layer-converter';
import { addNumber, multiplyByNumber } from './number-arithmetic';

const isOn = z
  .boolean()
  .nullish()
  .transform((value) => value ?? true);

const batchSchema = z.object({
  axis: z.union([z.int(), z.tuple([z.int()]).transform(([axis]) => axis)]).nullish(),
  epsilon: z
    .number()
    .nonnegative()
    .nullish()
    .transform((value) => value ?? 1e-3),
  center: isOn,
  scale: isOn,
});

/**
 * (x − mean) / √(variance + epsilon) · gamma + beta, as a MUL and an ADD: passes take them into the layer
 * before, with proof. Multiplied out in double precision.
 */
export const batchNormalizationLayer: LayerConverter = (layer, inputs, conversion) => {
  const config = configOf(layer, batchSchema);
  const value = onlyInput(layer, inputs);
  const shape = conversion.shapeOf(value);
  const axis = config.axis ?? -1;
  if (axis !== -1 && axis !== shape.length - 1) {
    throw refuse(layer, `it normalizes axis ${axis}, not the channels, which are the last one`);
  }
  const channels = shape.at(-1) ?? 0;
  const factors = new Float32Array(channels);
  const summands = new Float32Array(channels);
  const factor = conversion.constant(layer, 'factor', () => {
    const read = (name: string) => conversion.weight(layer, name, [channels]);
    const ones = () => new Float32Array(channels).fill(1);
    const gamma = config.scale ? read('gamma') : ones();
    const beta = config.center ? read('beta') : new Float32Array(channels);
    const mean = read('moving_mean');
    const variance = read('moving_variance');
    for (let channel = 0; channel < channels; channel++) {
      const spread = Math.sqrt((variance[channel] ?? 0) + config.epsilon);
      if (!(spread > 0)) throw refuse(layer, `the variance of channel ${channel} is none`);
      const by = (gamma[channel] ?? 0) / spread;
      factors[channel] = by;
      summands[channel] = (beta[channel] ?? 0) - (mean[channel] ?? 0) * by;
    }
    return { shape: [channels], values: factors };
  });
  // Made with the factors; of a shared layer's second call both are known.
  const summand = conversion.constant(layer, 'summand', () => ({
    shape: [channels],
    values: summands,
  }));
  const options = { activation: 'none' } as const;
  const scaled = conversion.emit('MUL', layer, [value, factor], shape, options, 'scaled');
  return conversion.emit('ADD', layer, [scaled, summand], shape, options);
};

const rescalingSchema = z.object({
  scale: z.number(),
  offset: z
    .number()
    .nullish()
    .transform((value) => value ?? 0),
});

export const rescalingLayer: LayerConverter = (layer, inputs, conversion) => {
  const { scale, offset } = configOf(layer, rescalingSchema);
  const value = onlyInput(layer, inputs);
  if (offset === 0) return multiplyByNumber(layer, value, scale, conversion);
  const scaled = multiplyByNumber(layer, value, scale, conversion, 'scaled');
  return addNumber(layer, scaled, offset, conversion);
};
