import type { Graph, Operator } from '../graph';

/** Who computes and who uses each tensor. */
export interface GraphLinks {
  producer(tensor: number): Operator | undefined;
  consumers(tensor: number): readonly Operator[];
  /** The operator that alone uses the tensor; undefined also when the graph hands it out. */
  onlyConsumer(tensor: number): Operator | undefined;
}

export function linkGraph(graph: Graph): GraphLinks {
  const producers = new Map<number, Operator>();
  const consumers = new Map<number, Operator[]>();
  for (const operator of graph.operators) {
    for (const output of operator.outputs) producers.set(output, operator);
    for (const input of new Set(operator.inputs)) {
      const others = consumers.get(input);
      if (others) others.push(operator);
      else consumers.set(input, [operator]);
    }
  }
  const outputs = new Set(graph.outputs);
  const consumersOf = (tensor: number): readonly Operator[] => consumers.get(tensor) ?? [];
  return {
    producer: (tensor) => producers.get(tensor),
    consumers: consumersOf,
    onlyConsumer(tensor) {
      const [consumer, ...others] = consumersOf(tensor);
      return others.length === 0 && !outputs.has(tensor) ? consumer : undefined;
    },
  };
}
