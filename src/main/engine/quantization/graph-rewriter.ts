import type { Graph, Operator, Tensor } from '../graph/graph';

/** Copies a graph operator by operator; only tensors that something uses are taken over. */
export interface GraphRewriter {
  /** Adds a new tensor and returns its index. */
  add(tensor: Tensor): number;
  /** The copy of a tensor of the source graph, made by `convert` when it is first asked for. */
  copyOf(sourceIndex: number, convert: (tensor: Tensor) => Tensor): number;
  push(operator: Operator): void;
  finish(source: Graph, inputs: number[], outputs: number[]): Graph;
}

export function createGraphRewriter(source: Graph): GraphRewriter {
  const tensors: Tensor[] = [];
  const operators: Operator[] = [];
  const copies = new Map<number, number>();
  const add = (tensor: Tensor) => tensors.push(tensor) - 1;
  return {
    add,
    copyOf(sourceIndex, convert) {
      const known = copies.get(sourceIndex);
      if (known !== undefined) return known;
      const tensor = source.tensors[sourceIndex];
      if (!tensor) throw new RangeError(`The graph has no tensor ${sourceIndex}`);
      const index = add(convert(tensor));
      copies.set(sourceIndex, index);
      return index;
    },
    push(operator) {
      operators.push(operator);
    },
    finish: ({ description, metadata }, inputs, outputs) => ({
      description,
      tensors,
      operators,
      inputs,
      outputs,
      metadata,
    }),
  };
}
