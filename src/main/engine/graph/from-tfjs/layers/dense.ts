import { z } from 'zod';
import { tensorElements } from '../../tensor-data';
import { configOf, onlyInput, refuse } from '../conversion';
import { activation } from './activation';
import { activated, biasOf, lastAxisFirst } from './convolution';
import type { LayerConverter } from './layer-converter';

const schema = z.object({
  units: z.int().min(1).max(1_000_000),
  use_bias: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
  activation,
});

/**
 * Kernel of TensorFlow.js [in, out], of TFLite [out, in]. Of more than a row of values each place is a row
 * of its own.
 */
export const denseLayer: LayerConverter = (layer, inputs, conversion) => {
  const { units, use_bias: hasBias, activation: name } = configOf(layer, schema);
  const value = onlyInput(layer, inputs);
  const shape = conversion.shapeOf(value);
  const count = shape.at(-1) ?? 0;
  if (shape.length < 2) throw refuse(layer, `it takes [${shape.join(', ')}], not a row of values`);
  const kernel = conversion.constant(layer, 'kernel', () => ({
    shape: [units, count],
    values: lastAxisFirst(conversion.weight(layer, 'kernel', [count, units]), units),
  }));
  const bias = biasOf(layer, hasBias, units, conversion);
  const isRow = shape.length === 2;
  const rows = [tensorElements(shape.slice(0, -1)), count];
  const from = isRow
    ? value
    : conversion.emit('RESHAPE', layer, [value], rows, { newShape: rows }, 'rows');
  return activated(layer, { activation: name }, conversion, (activationOfOperator, part) => {
    const answer = conversion.emit(
      'FULLY_CONNECTED',
      layer,
      [from, kernel, bias],
      [rows[0] ?? 1, units],
      { activation: activationOfOperator, keepNumDims: false },
      isRow ? part : 'dense',
    );
    if (isRow) return answer;
    const newShape = [...shape.slice(0, -1), units];
    return conversion.emit('RESHAPE', layer, [answer], newShape, { newShape }, part);
  });
};
