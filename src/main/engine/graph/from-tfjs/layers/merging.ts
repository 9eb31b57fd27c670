import { z } from 'zod';
import { type Conversion, configOf, refuse } from '../conversion';
import type { LayerRecord } from '../topology';
import type { LayerConverter } from './layer-converter';
import { multiplyByNumber } from './number-arithmetic';

/** Sums and products of any number of tensors, two at a time. */
export const mergingLayer =
  (kind: 'ADD' | 'MUL'): LayerConverter =>
  (layer, inputs, conversion) =>
    chain(kind, layer, inputs, conversion);

export const subtractionLayer: LayerConverter = (layer, inputs, conversion) => {
  if (inputs.length !== 2) throw refuse(layer, `it subtracts ${inputs.length} tensors`);
  return chain('SUB', layer, inputs, conversion);
};

export const averageLayer: LayerConverter = (layer, inputs, conversion) => {
  const sum = chain('ADD', layer, inputs, conversion, 'sum');
  return multiplyByNumber(layer, sum, 1 / inputs.length, conversion);
};

function chain(
  kind: 'ADD' | 'MUL' | 'SUB',
  layer: LayerRecord,
  inputs: readonly number[],
  conversion: Conversion,
  lastPart?: string,
): number {
  const [first, ...others] = inputs;
  if (first === undefined || others.length === 0) throw refuse(layer, 'it takes one tensor only');
  return others.reduce((value, other, index) => {
    const shape = togetherOf(layer, conversion.shapeOf(value), conversion.shapeOf(other));
    const part = index === others.length - 1 ? lastPart : `${index + 1}`;
    return conversion.emit(kind, layer, [value, other], shape, { activation: 'none' }, part);
  }, first);
}

/** One place of a side is repeated along the other's. */
function togetherOf(layer: LayerRecord, first: number[], second: number[]): number[] {
  const fits =
    first.length === second.length &&
    first.every((size, axis) => size === second[axis] || size === 1 || second[axis] === 1);
  if (fits) return first.map((size, axis) => Math.max(size, second[axis] ?? 1));
  throw refuse(layer, `it takes [${first.join(', ')}] and [${second.join(', ')}] together`);
}

export const concatenationLayer: LayerConverter = (layer, inputs, conversion) => {
  const { axis: stated } = configOf(layer, z.object({ axis: z.int().nullish() }));
  const [shape = [], ...others] = inputs.map((input) => conversion.shapeOf(input));
  const axis = (stated ?? -1) < 0 ? shape.length + (stated ?? -1) : (stated ?? 0);
  const fits = others.every(
    (other) =>
      other.length === shape.length && other.every((size, at) => at === axis || size === shape[at]),
  );
  if (!fits || axis < 1 || axis >= shape.length) {
    const all = [shape, ...others].map((sizes) => `[${sizes.join(', ')}]`).join(' and ');
    throw refuse(layer, `it joins ${all} along axis ${axis}`);
  }
  const together = others.reduce((sum, other) => sum + (other[axis] ?? 0), shape[axis] ?? 0);
  return conversion.emit('CONCATENATION', layer, inputs, shape.with(axis, together), {
    axis,
    activation: 'none',
  });
};
