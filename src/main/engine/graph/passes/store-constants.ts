import type { Graph, Operator, Tensor } from '../graph';
import { isConstant } from '../tensor-data';
import { linkGraph } from './graph-links';

/**
 * Stores float32 constants in another type, and a DEQUANTIZE before the first consumer of each: the
 * computation stays that of float32, as TFLite's own converter leaves it.
 * @param store the stored form of a constant that `consumer` uses first; undefined leaves it alone.
 */
export function storeConstants(
  graph: Graph,
  store: (constant: Tensor, consumer: Operator) => Tensor | undefined,
): Graph {
  const links = linkGraph(graph);
  const tensors = [...graph.tensors];
  const dequantizes = new Map<Operator, Operator[]>();
  for (const [index, tensor] of graph.tensors.entries()) {
    const [consumer] = links.consumers(index);
    if (tensor.type !== 'float32' || !isConstant(tensor) || !consumer) continue;
    const stored = store(tensor, consumer);
    if (!stored) continue;
    const { name, shape, type } = tensor;
    tensors[index] = { name, shape, type };
    const before = dequantizes.get(consumer) ?? [];
    dequantizes.set(consumer, [...before, dequantize(name, tensors.push(stored) - 1, index)]);
  }
  if (dequantizes.size === 0) return graph;
  const operators = graph.operators.flatMap((operator) => [
    ...(dequantizes.get(operator) ?? []),
    operator,
  ]);
  return { ...graph, tensors, operators };
}

const dequantize = (name: string, input: number, output: number): Operator => ({
  kind: 'DEQUANTIZE',
  name,
  inputs: [input],
  outputs: [output],
  options: {},
});
