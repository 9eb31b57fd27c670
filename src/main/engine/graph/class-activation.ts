import type { Graph, Operator, Tensor } from './graph';
import { decodeHalves } from './half-float';
import { floatsOf, halvesOf, isConstant } from './tensor-data';
import { isWholeAverage } from './whole-average';

export interface ClassActivation {
  /** The last feature map: [1, height, width, channels]. */
  features: number;
  height: number;
  width: number;
  channels: number;
  /** Row-major [classes, channels]: how much each channel speaks for each class. */
  weights: Float64Array;
}

/**
 * What a class activation map takes (B. Zhou et al., "Learning deep features for discriminative
 * localization", CVPR 2016): where a graph averages its last feature map and nothing but linear layers
 * follow, the logit of a class is a weighted sum of that map.
 * @returns a sentence where the graph has another shape.
 */
export function classActivation(graph: Graph): ClassActivation | string {
  const [output = -1] = graph.outputs;
  const layers: Operator[] = [];
  for (let tensor = output; ; ) {
    const operator = graph.operators.find(({ outputs }) => outputs.includes(tensor));
    if (!operator) return 'its features are not averaged before its last layer';
    const { kind, name } = operator;
    if (isWholeAverage(graph, operator)) return activationOf(graph, operator, layers.toReversed());
    if (kind === 'FULLY_CONNECTED' || kind === 'CONV_2D') {
      if (operator.options.activation !== 'none') {
        return `its layer ${name} is not linear`;
      }
      layers.push(operator);
    } else if (!transparent.has(kind) || (kind === 'SOFTMAX' && layers.length > 0)) {
      return `${kind} ${name} lies between its features and its answers`;
    }
    [tensor = -1] = operator.inputs;
  }
}

const transparent = new Set<Operator['kind']>([
  'SOFTMAX',
  'QUANTIZE',
  'DEQUANTIZE',
  'RESHAPE',
  'SQUEEZE',
]);

function activationOf(
  graph: Graph,
  pool: Operator,
  layers: readonly Operator[],
): ClassActivation | string {
  const [features = -1] = pool.inputs;
  const [, height = 0, width = 0, channels = 0] = graph.tensors[features]?.shape ?? [];
  let combined: Float64Array | undefined;
  let rows = channels;
  for (const layer of layers) {
    const tensor = graph.tensors[layer.inputs[1] ?? -1];
    const values = tensor && realWeights(graph, tensor);
    const outputs = tensor?.shape[0] ?? 0;
    if (!values || values.length !== outputs * rows) {
      return `the weights of ${layer.name} can't be read`;
    }
    combined = combined ? multiply(values, combined, outputs, rows, channels) : values;
    rows = outputs;
  }
  if (!combined) return 'no layer follows its features';
  return { features, height, width, channels, weights: combined };
}

/** [outputs, inner] times [inner, channels]. */
function multiply(
  left: Float64Array,
  right: Float64Array,
  outputs: number,
  inner: number,
  channels: number,
): Float64Array {
  const product = new Float64Array(outputs * channels);
  for (let row = 0; row < outputs; row += 1) {
    for (let middle = 0; middle < inner; middle += 1) {
      const factor = left[row * inner + middle] ?? 0;
      for (let channel = 0; channel < channels; channel += 1) {
        const at = row * channels + channel;
        product[at] = (product[at] ?? 0) + factor * (right[middle * channels + channel] ?? 0);
      }
    }
  }
  return product;
}

/** Row-major [outputs, inputs], whatever they are stored as. */
function realWeights(graph: Graph, tensor: Tensor): Float64Array | undefined {
  if (!isConstant(tensor)) {
    // Stored small and widened when the model runs.
    const index = graph.tensors.indexOf(tensor);
    const widening = graph.operators.find(
      ({ kind, outputs }) => kind === 'DEQUANTIZE' && outputs.includes(index),
    );
    const stored = graph.tensors[widening?.inputs[0] ?? -1];
    return stored && isConstant(stored) ? realWeights(graph, stored) : undefined;
  }
  if (tensor.type === 'float32') return Float64Array.from(floatsOf(tensor));
  if (tensor.type === 'float16') return Float64Array.from(decodeHalves(halvesOf(tensor)));
  const { data, quantization, shape } = tensor;
  if (tensor.type !== 'int8' || !quantization) return undefined;
  const perRow = data.length / (shape[0] ?? 1);
  const stored = new Int8Array(data.buffer, data.byteOffset, data.byteLength);
  return Float64Array.from(stored, (value, index) => {
    const { scale } = quantization;
    return value * (scale[scale.length === 1 ? 0 : Math.floor(index / perRow)] ?? 1);
  });
}
