import type { Graph, Operator, Tensor } from '../graph/graph';
import { bytesOf, floatsOf, isConstant } from '../graph/tensor-data';
import { meanShift, type RoundedLayer } from './correct-biases';
import type { ActivationScheme } from './activation-scheme';
import type { GraphRewriter } from './graph-rewriter';
import { operatorRule, unsupported } from './operator-rules';
import { type FloatWeights, type QuantizedWeights, quantizeWeights } from './quantize-weights';
import type { Rounding } from './rounding/rounding';

export interface WeightedLayer {
  /** Indices in the new graph of int8 weights and bias. */
  inputs: [number, number];
  /** Channels whose scale was enlarged so that their bias fits. */
  enlarged: number;
  isCorrected: boolean;
}

/** Adds the int8 weights and bias of a convolution or dense layer to the new graph. */
export function addWeights(
  source: Graph,
  rewriter: GraphRewriter,
  operator: Operator,
  {
    inputScale,
    inputMeans,
    biasType,
    rounding,
  }: {
    inputScale: number;
    inputMeans: Float64Array | undefined;
    rounding: Rounding | undefined;
    biasType: ActivationScheme['biasType'];
  },
): WeightedLayer {
  const [, weightIndex = -1, biasIndex = -1] = operator.inputs;
  const { weightAxis: axis = 0, oneScale = false } = operatorRule(operator);
  const weights = constantOf(source, weightIndex, operator);
  const channels = weights.shape[axis] ?? 1;
  // LiteRT wants a bias on every int8 convolution.
  const bias = biasIndex < 0 ? undefined : constantOf(source, biasIndex, operator);
  const values = floatsOf(weights);
  const { shape } = weights;
  const layer = {
    values,
    shape,
    axis,
    biases: bias ? floatsOf(bias) : new Float32Array(channels),
    oneScale,
    round: (scales: readonly number[]) => rounding?.({ operator, values, shape, scales }),
  };
  const rounded = quantizeWeights(layer, inputScale);
  const biases = inputMeans && correctedBiases(operator, layer, rounded, inputMeans);
  const quantized = biases ? quantizeWeights({ ...layer, biases }, inputScale) : rounded;
  const stored = (scales: number[], along: number) => {
    const scale = oneScale ? scales.slice(0, 1) : scales;
    return { scale, zeroPoint: scale.map(() => 0), axis: oneScale ? 0 : along };
  };
  return {
    inputs: [
      rewriter.add({
        name: weights.name,
        shape: weights.shape,
        type: 'int8',
        data: bytesOf(quantized.values),
        quantization: stored(quantized.scales, axis),
      }),
      rewriter.add({
        name: bias?.name ?? `${weights.name}/bias`,
        shape: [channels],
        type: biasType,
        data: bytesOf(
          biasType === 'int32'
            ? quantized.biases
            : BigInt64Array.from(quantized.biases, (bias) => BigInt(bias)),
        ),
        quantization: stored(quantized.biasScales, 0),
      }),
    ],
    enlarged: quantized.enlarged,
    isCorrected: biases !== undefined,
  };
}

/** Undefined: they stay. */
function correctedBiases(
  { kind }: Operator,
  layer: FloatWeights,
  stored: QuantizedWeights,
  inputMeans: Float64Array,
): Float32Array | undefined {
  if (!isWeighted(kind)) return undefined;
  const shift = meanShift({ kind, shape: layer.shape, values: layer.values, stored, inputMeans });
  return layer.biases.map((bias, channel) => bias - (shift[channel] ?? 0));
}

const isWeighted = (kind: Operator['kind']): kind is RoundedLayer['kind'] =>
  kind === 'CONV_2D' || kind === 'DEPTHWISE_CONV_2D' || kind === 'FULLY_CONNECTED';

function constantOf(graph: Graph, index: number, operator: Operator): Tensor {
  const tensor = graph.tensors[index];
  if (tensor && isConstant(tensor) && tensor.type === 'float32') return tensor;
  throw unsupported(`${operator.kind} ${operator.name} with weights that are no float32 constants`);
}
