import type { GraphChange } from '../../../../shared/domain/model';
import type { Graph, Operator, Tensor } from '../graph';
import { isConstant } from '../tensor-data';
import { linkGraph } from './graph-links';
import type { Pass } from './pass';
import { samePadding, type SidePadding } from './same-padding';

type Convolution = Operator<'CONV_2D' | 'DEPTHWISE_CONV_2D'>;

const isConvolution = (operator: Operator | undefined): operator is Convolution =>
  operator?.kind === 'CONV_2D' || operator?.kind === 'DEPTHWISE_CONV_2D';

/**
 * Takes a PAD into the convolution behind it, where its zeros are those that "same" padding adds: exact.
 * Keras writes strided convolutions with a PAD of their own, which mostly pads the other side; that stays.
 */
export const foldPadding: Pass = (graph) => {
  const links = linkGraph(graph);
  const changes: GraphChange[] = [];
  const folded = new Map<Operator, Operator>();
  const removed = new Set<Operator>();
  for (const pad of graph.operators) {
    if (pad.kind !== 'PAD') continue;
    const [input = -1, sizes = -1] = pad.inputs;
    const consumer = links.onlyConsumer(pad.outputs[0] ?? -1);
    if (!isConvolution(consumer) || consumer.options.padding !== 'valid') continue;
    if (consumer.inputs[0] !== pad.outputs[0]) continue;
    if (!padsAlike(graph, graph.tensors[input], graph.tensors[sizes], consumer)) continue;
    folded.set(consumer, samePadded(consumer, input));
    removed.add(pad);
    changes.push({
      pass: 'fold-padding',
      description: `Took PAD ${pad.name} into ${consumer.kind} ${consumer.name}, as its “same” padding: exact`,
    });
  }
  if (changes.length === 0) return { graph, changes };
  const operators = graph.operators
    .filter((operator) => !removed.has(operator))
    .map((operator) => folded.get(operator) ?? operator);
  return { graph: { ...graph, operators }, changes };
};

function samePadded(convolution: Convolution, input: number): Operator {
  const inputs = [input, ...convolution.inputs.slice(1)];
  return convolution.kind === 'CONV_2D'
    ? { ...convolution, inputs, options: { ...convolution.options, padding: 'same' } }
    : { ...convolution, inputs, options: { ...convolution.options, padding: 'same' } };
}

function padsAlike(
  { tensors }: Graph,
  input: Tensor | undefined,
  sizes: Tensor | undefined,
  { inputs, outputs, options }: Convolution,
): boolean {
  const kernel = tensors[inputs[1] ?? -1];
  const output = tensors[outputs[0] ?? -1];
  if (!input || !sizes || !kernel || !output || input.type !== 'float32') return false;
  const [, height = 0, width = 0] = input.shape;
  const [, kernelHeight = 0, kernelWidth = 0] = kernel.shape;
  const pads = paddingsOf(sizes);
  if (input.shape.length !== 4 || output.shape.length !== 4 || pads?.length !== 8) return false;
  const [batchBefore, batchAfter, top = 0, bottom = 0, left = 0, right = 0, ...channels] = pads;
  if ([batchBefore, batchAfter, ...channels].some((size) => size !== 0)) return false;
  const same = samePadding([height, width], [kernelHeight, kernelWidth], options);
  const fits = (side: SidePadding, before: number, after: number, places: number | undefined) =>
    // More zeros behind than "same" has are never read when there are no more places.
    side.before === before && side.after <= after && side.output === places;
  return (
    fits(same.height, top, bottom, output.shape[1]) &&
    fits(same.width, left, right, output.shape[2])
  );
}

/** Rows of before and after, of a PAD's second input. */
function paddingsOf(tensor: Tensor): number[] | undefined {
  if (!isConstant(tensor)) return undefined;
  const { buffer } = new Uint8Array(tensor.data);
  if (tensor.type === 'int32') return Array.from(new Int32Array(buffer));
  return tensor.type === 'int64' ? Array.from(new BigInt64Array(buffer), Number) : undefined;
}
