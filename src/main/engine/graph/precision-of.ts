import type { Precision } from '../../../shared/domain/model';
import type { Graph } from './graph';
import { isConstant } from './tensor-data';

/** What a file computes in, by the types of its layers' weights and inputs. */
export function precisionOf({ operators, tensors }: Graph): Precision {
  const layers = operators.filter(
    ({ kind }) => kind === 'CONV_2D' || kind === 'DEPTHWISE_CONV_2D' || kind === 'FULLY_CONNECTED',
  );
  const typeOf = (index = -1) => tensors[index]?.type;
  const isInteger = (type: string | undefined) => type === 'int8' || type === 'uint8';
  if (layers.some(({ inputs }) => isInteger(typeOf(inputs[0])))) return 'int8';
  if (layers.some(({ inputs }) => typeOf(inputs[0]) === 'int16')) return 'int16x8';
  if (layers.some(({ inputs }) => isInteger(typeOf(inputs[1])))) return 'dynamic-range';
  const widened = operators
    .filter(({ kind }) => kind === 'DEQUANTIZE')
    .flatMap(({ inputs }) => tensors[inputs[0] ?? -1] ?? [])
    .filter(isConstant)
    .map(({ type }) => type);
  if (widened.includes('float16')) return 'float16';
  return widened.some(isInteger) ? 'int8-weights' : 'float32';
}
