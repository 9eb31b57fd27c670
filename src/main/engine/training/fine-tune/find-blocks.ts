import type { Graph, Operator } from '../../graph/graph';
import { linkGraph } from '../../graph/passes/graph-links';
import { tensorElements } from '../../graph/tensor-data';
import { lastUntrainable } from './untrainable';

/** Where the last blocks of a network begin. */
export interface BlockStart {
  /** The tensor that goes into them and is all they get: everything before can be left as it is. */
  tensor: number;
  /** Weights and biases from here to the end of the graph. */
  weights: number;
}

/** Inputs of these kinds that training changes: kernel and bias. */
const trainableInputs: Partial<Record<Operator['kind'], readonly number[]>> = {
  CONV_2D: [1, 2],
  DEPTHWISE_CONV_2D: [1, 2],
  FULLY_CONNECTED: [1, 2],
};

/** Constants that training changes: kernels and biases, in the order of their operators. */
export function trainableTensors(graph: Graph): number[] {
  const found = new Set<number>();
  for (const { kind, inputs } of graph.operators) {
    for (const position of trainableInputs[kind] ?? []) {
      const tensor = graph.tensors[inputs[position] ?? -1];
      if (tensor?.type === 'float32' && tensor.data) found.add(inputs[position] ?? -1);
    }
  }
  return [...found];
}

/**
 * The blocks of a network, the last one first. A block is what lies between two places where a
 * single tensor carries everything, and looks around once (has a kernel larger than 1x1): a depthwise convolution with the 1x1 convolutions that belong to it, a residual unit, a
 * plain convolution. Blocks that training can't go through are left out with all before them. What follows the last such place belongs to the last block. Between two
 * blocks the cut is where no activation was applied last, as after the linear bottleneck of
 * MobileNet v2 (Sandler et al., 2018); where there is none, just before the next kernel.
 */
export function findBlocks(graph: Graph): BlockStart[] {
  const cuts = cutTensors(graph);
  const links = linkGraph(graph);
  const starts: number[] = [];
  /** Places to cut since the last operator that looks around. */
  let candidates: number[] = [];
  for (const operator of graph.operators) {
    if (looksAround(graph, operator)) {
      const linear = candidates.filter((tensor) => isLinear(links.producer(tensor)));
      const start = linear.at(-1) ?? candidates.at(-1);
      if (start !== undefined) starts.push(start);
      candidates = [];
    }
    const [output = -1] = operator.outputs;
    if (cuts.has(output)) candidates.push(output);
  }
  // Behind a cut lies what comes after the operator that computes it, and nothing else.
  const untrainable = lastUntrainable(graph)?.at ?? -1;
  const isTrainable = (tensor: number) => {
    const producer = links.producer(tensor);
    return (producer ? graph.operators.indexOf(producer) : -1) >= untrainable;
  };
  return starts
    .filter(isTrainable)
    .toReversed()
    .map((tensor) => ({ tensor, weights: weightsAfter(graph, tensor) }));
}

/** Tensors that everything behind them depends on, and on nothing else that is computed. */
function cutTensors(graph: Graph): Set<number> {
  const lastUse = new Map<number, number>();
  graph.operators.forEach(({ inputs }, at) => {
    for (const input of inputs) lastUse.set(input, at);
  });
  for (const output of graph.outputs) lastUse.set(output, graph.operators.length);
  const computed = new Set(graph.inputs);
  const cuts = new Set<number>();
  graph.operators.forEach((operator, at) => {
    if (isOfConstants(graph, operator)) return;
    for (const output of operator.outputs) computed.add(output);
    const alive = [...computed].filter((tensor) => (lastUse.get(tensor) ?? -1) > at);
    const [only] = alive;
    if (alive.length === 1 && only !== undefined) cuts.add(only);
  });
  return cuts;
}

/** One that widens a stored weight, for example. */
const isOfConstants = ({ tensors }: Graph, { inputs }: Operator): boolean =>
  inputs.every((input) => input === -1 || tensors[input]?.data !== undefined);

function looksAround({ tensors }: Graph, { kind, inputs }: Operator): boolean {
  if (kind !== 'CONV_2D' && kind !== 'DEPTHWISE_CONV_2D') return false;
  const [, height = 1, width = 1] = tensors[inputs[1] ?? -1]?.shape ?? [];
  return height * width > 1;
}

const isLinear = (operator: Operator | undefined): boolean =>
  operator?.kind === 'ADD' ||
  (operator?.kind === 'CONV_2D' && operator.options.activation === 'none');

function weightsAfter(graph: Graph, start: number): number {
  const { tail } = splitGraph(graph, start);
  return trainableTensors(tail).reduce(
    (sum, tensor) => sum + tensorElements(tail.tensors[tensor]?.shape ?? []),
    0,
  );
}

/**
 * A graph in two at a tensor of `findBlocks`: `stem` computes it, `tail` goes on from it. Both keep
 * the numbers of all tensors.
 */
export function splitGraph(graph: Graph, tensor: number): { stem: Graph; tail: Graph } {
  const behind = new Set([tensor]);
  const after = graph.operators.filter((operator) => {
    if (!operator.inputs.some((input) => behind.has(input))) return false;
    for (const output of operator.outputs) behind.add(output);
    return true;
  });
  const isAfter = new Set(after);
  return {
    stem: {
      ...graph,
      operators: graph.operators.filter((operator) => !isAfter.has(operator)),
      outputs: [tensor],
    },
    tail: { ...graph, operators: after, inputs: [tensor] },
  };
}
