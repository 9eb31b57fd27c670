import type { Conversion } from '../conversion';
import type { LayerRecord } from '../topology';

/**
 * MUL of a tensor by a number.
 * @param part behind the layer's name; without it, it is the last of the layer's operators.
 */
export const multiplyByNumber = (
  layer: LayerRecord,
  value: number,
  factor: number,
  conversion: Conversion,
  part?: string,
): number => withNumber('MUL', layer, value, factor, conversion, part);

/** The same for a sum. */
export const addNumber = (
  layer: LayerRecord,
  value: number,
  summand: number,
  conversion: Conversion,
  part?: string,
): number => withNumber('ADD', layer, value, summand, conversion, part);

function withNumber(
  kind: 'MUL' | 'ADD',
  layer: LayerRecord,
  value: number,
  number: number,
  conversion: Conversion,
  part?: string,
): number {
  const name = `${part ?? 'last'}-number`;
  const constant = conversion.constant(layer, name, () => ({
    shape: [1],
    values: Float32Array.of(number),
  }));
  const shape = conversion.shapeOf(value);
  return conversion.emit(kind, layer, [value, constant], shape, { activation: 'none' }, part);
}
