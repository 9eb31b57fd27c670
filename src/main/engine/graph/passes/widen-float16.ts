import type { Tensor } from '../graph';
import { decodeHalves } from '../half-float';
import { bytesOf, halvesOf, isConstant, tensorElements } from '../tensor-data';
import { counted } from './counted';
import type { Pass } from './pass';

/**
 * Replaces each DEQUANTIZE of a float16 constant by a float32 constant. Exact: every float16
 * number is a float32 number.
 */
export const widenFloat16: Pass = (graph) => {
  const tensors = [...graph.tensors];
  let widened = 0;
  let values = 0;
  const operators = graph.operators.filter((operator) => {
    const source = graph.tensors[operator.inputs[0] ?? -1];
    const target = operator.outputs[0];
    const result = graph.tensors[target ?? -1];
    if (operator.kind !== 'DEQUANTIZE' || target === undefined || !result) return true;
    if (source?.type !== 'float16' || !isConstant(source)) return true;
    tensors[target] = { ...result, data: widen(source) };
    widened += 1;
    values += tensorElements(source.shape);
    return false;
  });
  if (widened === 0) return { graph, changes: [] };
  return {
    graph: { ...graph, tensors, operators },
    changes: [
      {
        pass: 'widen-float16',
        description: `Widened ${counted(widened, 'float16 constant')} (${counted(values, 'value')}) to float32 and removed their DEQUANTIZE: exact`,
      },
    ],
  };
};

const widen = (tensor: Tensor): Uint8Array => bytesOf(decodeHalves(halvesOf(tensor)));
