import { AppError } from '../../../shared/api/errors';
import type { Activation, Graph, Operator } from './graph';
import { linkGraph } from './passes/graph-links';
import { floatsOf } from './tensor-data';

export interface HeadLayer {
  inputs: number;
  outputs: number;
  /** [outputs, inputs] row-major. */
  kernel: Float32Array;
  /** [outputs] */
  bias: Float32Array;
  activation: Activation;
}

/** What a classifier does to the features of a photo: dense layers, then softmax. */
export interface Head {
  layers: HeadLayer[];
  /** Factor of the logits in the softmax. */
  beta: number;
}

/**
 * The head of a float32 classifier: the FULLY_CONNECTED operators before its SOFTMAX, back to where
 * `featureWidth` numbers go in. A backbone may end in such an operator itself: the first one that
 * takes features is where the head begins.
 * @throws AppError 'model-unsupported' when the graph does not end like that.
 */
export function readHead(graph: Graph, featureWidth: number): Head {
  const links = linkGraph(graph);
  const [output = -1] = graph.outputs;
  const softmax = links.producer(output);
  if (softmax?.kind !== 'SOFTMAX' || graph.outputs.length !== 1) throw noHead();
  const layers: HeadLayer[] = [];
  let dense = links.producer(softmax.inputs[0] ?? -1);
  while (dense?.kind === 'FULLY_CONNECTED') {
    layers.unshift(readLayer(graph, dense));
    dense = links.producer(dense.inputs[0] ?? -1);
  }
  const first = layers.findIndex(({ inputs }) => inputs === featureWidth);
  if (first < 0) throw noHead();
  return { layers: layers.slice(first), beta: softmax.options.beta };
}

function readLayer({ tensors }: Graph, dense: Operator<'FULLY_CONNECTED'>): HeadLayer {
  const [, kernelAt = -1, biasAt = -1] = dense.inputs;
  const [kernel, bias] = [tensors[kernelAt], tensors[biasAt]];
  const [outputs = 0, inputs = 0] = kernel?.shape ?? [];
  if (kernel?.type !== 'float32' || !kernel.data) throw noHead();
  return {
    inputs,
    outputs,
    kernel: floatsOf(kernel),
    bias: bias ? floatsOf(bias) : new Float32Array(outputs),
    activation: dense.options.activation,
  };
}

const noHead = (): AppError =>
  new AppError(
    'model-unsupported',
    'This model does not end in the layers that Pocketlens Studio puts there.',
    'Train a model in this project: it is then asked for suggestions.',
  );
