import { z } from 'zod';
import { tensorElements } from '../../tensor-data';
import { configOf, onlyInput, refuse } from '../conversion';
import { dataFormat, type LayerConverter, requireChannelsLast } from './layer-converter';

export const flattenLayer: LayerConverter = (layer, inputs, conversion) => {
  requireChannelsLast(layer, configOf(layer, z.object({ data_format: dataFormat })));
  const value = onlyInput(layer, inputs);
  const newShape = [1, tensorElements(conversion.shapeOf(value))];
  return conversion.emit('RESHAPE', layer, [value], newShape, { newShape });
};

/** Without the batch. What is left for one side is -1 in Keras, null in TensorFlow.js. */
const reshapeSchema = z.object({
  target_shape: z
    .array(z.int().min(-1).nullable())
    .max(7)
    .transform((sizes) => sizes.map((size) => size ?? -1)),
});

export const reshapeLayer: LayerConverter = (layer, inputs, conversion) => {
  const { target_shape: target } = configOf(layer, reshapeSchema);
  const value = onlyInput(layer, inputs);
  const elements = tensorElements(conversion.shapeOf(value));
  const known = target.filter((size) => size !== -1);
  const left = elements / tensorElements(known);
  const newShape = [1, ...target.map((size) => (size === -1 ? left : size))];
  const isOpen = target.length - known.length;
  if (isOpen > 1 || tensorElements(newShape) !== elements || !Number.isInteger(left)) {
    throw refuse(layer, `it makes [${target.join(', ')}] of ${elements} values`);
  }
  return conversion.emit('RESHAPE', layer, [value], newShape, { newShape });
};

const zeros = z.int().nonnegative().max(100_000);
const side = z.tuple([zeros, zeros]);

/** One number for all sides, one for height and one for width, or each side's own. */
const paddingSchema = z.object({
  data_format: dataFormat,
  padding: z
    .union([
      zeros.transform((all): number[] => [all, all, all, all]),
      z.tuple([zeros, zeros]).transform(([height, width]) => [height, height, width, width]),
      z.tuple([side, side]).transform((sides) => sides.flat()),
    ])
    .nullish()
    .transform((sides) => sides ?? [1, 1, 1, 1]),
});

export const zeroPaddingLayer: LayerConverter = (layer, inputs, conversion) => {
  const config = configOf(layer, paddingSchema);
  requireChannelsLast(layer, config);
  const value = onlyInput(layer, inputs);
  const [height, width, channels] = conversion.mapOf(layer, value);
  const [top = 0, bottom = 0, left = 0, right = 0] = config.padding;
  const sizes = conversion.constant(layer, 'paddings', () => ({
    shape: [4, 2],
    values: Int32Array.of(0, 0, top, bottom, left, right, 0, 0),
  }));
  const shape = [1, height + top + bottom, width + left + right, channels];
  return conversion.emit('PAD', layer, [value, sizes], shape, {});
};
