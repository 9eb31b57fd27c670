import { AppError } from '../../../shared/api/errors';
import type { GraphChange, IoType } from '../../../shared/domain/model';
import type { Preprocessing, TensorEncoding } from '../../../shared/domain/preprocessing';
import type { Graph, Operator, Tensor } from '../graph/graph';
import { bytesOf, floatsOf, isConstant } from '../graph/tensor-data';
import { activationEncodings, storesBytesExactly } from './activation-encodings';
import { type AffineEncoding, quantizeInt8Values, type ValueRange } from './affine-encoding';
import { biasesCorrected, meanShift, type RoundedLayer } from './correct-biases';
import { createGraphRewriter, type GraphRewriter } from './graph-rewriter';
import { activationInputs, operatorRule, refuseUnsupported, unsupported } from './operator-rules';
import { connectInput, connectOutput, floatSoftmax } from './quantized-io';
import { type FloatWeights, type QuantizedWeights, quantizeWeights } from './quantize-weights';

export interface QuantizedGraph {
  graph: Graph;
  changes: GraphChange[];
  inputEncoding: TensorEncoding;
  outputEncoding: TensorEncoding;
}

export interface Int8Options {
  /** How bytes become the model's input; decides the input's encoding. */
  normalization: Pick<Preprocessing, 'mean' | 'std'>;
  /** Type of the file's input and output tensor. */
  io: IoType;
  /** Means of activations by channel, to correct biases with; without them biases stay. */
  means?: ReadonlyMap<number, Float64Array> | undefined;
}

/** The graph under construction and what each of its activations is stored with. */
interface Quantization {
  source: Graph;
  rewriter: GraphRewriter;
  encodingOf(sourceIndex: number): AffineEncoding;
  enlarged: { operator: string; channels: number }[];
  means?: ReadonlyMap<number, Float64Array> | undefined;
  /** Layers whose biases were corrected. */
  corrected: number;
}

/**
 * Full int8 quantization of a float32 graph, by TFLite's 8-bit quantization specification:
 * per-channel symmetric weights, int32 biases, per-tensor asymmetric activations.
 * @param ranges of every activation, from `calibrate` on this very graph.
 * @throws AppError 'model-unsupported' naming the operator that has no int8 form, or when a uint8
 * input could not take the bytes of a picture as they are, which is all that apps can give it.
 */
export function quantizeInt8(
  source: Graph,
  ranges: ReadonlyMap<number, ValueRange>,
  { normalization, io, means }: Int8Options,
): QuantizedGraph {
  refuseUnsupported(source);
  if (io === 'uint8' && !storesBytesExactly(normalization)) throw noPlainBytes();
  const encodings = activationEncodings(source, ranges, normalization);
  const quantization: Quantization = {
    source,
    rewriter: createGraphRewriter(source),
    encodingOf(index) {
      const encoding = encodings.get(index);
      if (!encoding) throw new RangeError(`Tensor ${index} is no activation`);
      return encoding;
    },
    enlarged: [],
    means,
    corrected: 0,
  };
  const { rewriter } = quantization;

  const [inputIndex = -1] = source.inputs;
  const [outputIndex = -1] = source.outputs;
  const softmax = floatSoftmax(source, io);
  const lastIndex = softmax?.inputs[0] ?? outputIndex;

  const input = connectInput(
    rewriter,
    tensorOf(source, inputIndex),
    copyActivation(quantization, inputIndex),
    quantization.encodingOf(inputIndex),
    io,
  );
  const inner = source.operators.filter((operator) => operator !== softmax);
  for (const operator of inner) quantizeOperator(quantization, operator);
  const output = connectOutput(
    rewriter,
    tensorOf(source, outputIndex),
    copyActivation(quantization, lastIndex),
    quantization.encodingOf(lastIndex),
    io,
    softmax,
  );
  return {
    graph: rewriter.finish(source, [input.tensor], [output.tensor]),
    changes: [...describeChanges(quantization), ...input.changes, ...output.changes],
    inputEncoding: input.encoding,
    outputEncoding: output.encoding,
  };
}

const noPlainBytes = () =>
  new AppError(
    'model-unsupported',
    'The normalization of this model is not one that a uint8 input can store exactly.',
    'Quantize with float32 input and output.',
  );

function tensorOf(graph: Graph, index: number): Tensor {
  const tensor = graph.tensors[index];
  if (!tensor) throw new RangeError(`The graph has no tensor ${index}`);
  return tensor;
}

function copyActivation({ source, rewriter, encodingOf }: Quantization, index: number): number {
  return rewriter.copyOf(index, (tensor) => {
    const encoding = encodingOf(index);
    // The plain name belongs to the tensor that apps see.
    const isInner = source.inputs.includes(index) || source.outputs.includes(index);
    return {
      name: isInner ? `${tensor.name}/int8` : tensor.name,
      shape: tensor.shape,
      type: 'int8',
      quantization: { scale: [encoding.scale], zeroPoint: [encoding.zeroPoint], axis: 0 },
      ...(isConstant(tensor) && { data: bytesOf(quantizeInt8Values(floatsOf(tensor), encoding)) }),
    };
  });
}

function quantizeOperator(quantization: Quantization, operator: Operator): void {
  const { rewriter } = quantization;
  const activations = new Set(activationInputs(operator));
  const inputs =
    operatorRule(operator).weightAxis === undefined
      ? operator.inputs.map((index) => {
          if (index < 0) return index;
          if (activations.has(index)) return copyActivation(quantization, index);
          // Shapes, axes and paddings: integers that stay as they are.
          return rewriter.copyOf(index, (tensor) => tensor);
        })
      : weightedInputs(quantization, operator);
  const outputs = operator.outputs.map((index) => copyActivation(quantization, index));
  rewriter.push({ ...operator, inputs, outputs });
}

/** Inputs of a convolution or dense layer: activation, int8 weights, int32 bias. */
function weightedInputs(quantization: Quantization, operator: Operator): number[] {
  const { source, rewriter, encodingOf } = quantization;
  const [input = -1, weightIndex = -1, biasIndex = -1] = operator.inputs;
  const axis = operatorRule(operator).weightAxis ?? 0;
  const weights = constantOf(source, weightIndex, operator);
  const channels = weights.shape[axis] ?? 1;
  // LiteRT wants a bias on every int8 convolution.
  const bias = biasIndex < 0 ? undefined : constantOf(source, biasIndex, operator);

  const layer = {
    values: floatsOf(weights),
    shape: weights.shape,
    axis,
    biases: bias ? floatsOf(bias) : new Float32Array(channels),
  };
  const inputScale = encodingOf(input).scale;
  const rounded = quantizeWeights(layer, inputScale);
  const biases = correctedBiases(quantization, operator, layer, rounded);
  const quantized = biases ? quantizeWeights({ ...layer, biases }, inputScale) : rounded;
  if (quantized.enlarged > 0) {
    quantization.enlarged.push({ operator: operator.name, channels: quantized.enlarged });
  }
  const zeroPoint = quantized.scales.map(() => 0);
  return [
    copyActivation(quantization, input),
    rewriter.add({
      name: weights.name,
      shape: weights.shape,
      type: 'int8',
      data: bytesOf(quantized.values),
      quantization: { scale: quantized.scales, zeroPoint, axis },
    }),
    rewriter.add({
      name: bias?.name ?? `${weights.name}/bias`,
      shape: [channels],
      type: 'int32',
      data: bytesOf(quantized.biases),
      quantization: { scale: quantized.biasScales, zeroPoint, axis: 0 },
    }),
  ];
}

/** Undefined: they stay. */
function correctedBiases(
  quantization: Quantization,
  { kind, inputs }: Operator,
  layer: FloatWeights,
  stored: QuantizedWeights,
): Float32Array | undefined {
  const inputMeans = quantization.means?.get(inputs[0] ?? -1);
  if (!inputMeans || !isWeighted(kind)) return undefined;
  quantization.corrected += 1;
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

function describeChanges({ source, enlarged, corrected }: Quantization): GraphChange[] {
  const weighted = source.operators.filter(
    (operator) => operatorRule(operator).weightAxis !== undefined,
  );
  return [
    {
      pass: 'quantize-int8',
      description: `Stored the weights of ${weighted.length} layers as int8 with one scale a channel, their biases as int32, all activations as int8`,
    },
    ...(corrected > 0 ? [biasesCorrected(corrected)] : []),
    ...(enlarged.length > 0 ? [describeEnlarged(enlarged)] : []),
  ];
}

function describeEnlarged(enlarged: Quantization['enlarged']): GraphChange {
  const channels = enlarged.reduce((sum, layer) => sum + layer.channels, 0);
  const layers = enlarged.map((layer) => `${layer.operator} (${layer.channels})`).join(', ');
  return {
    pass: 'bias-headroom',
    description: `Coarser weights in ${channels} nearly dead channels, so that their biases fit: ${layers}`,
  };
}
