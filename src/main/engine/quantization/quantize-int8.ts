import { AppError } from '../../../shared/api/errors';
import type { GraphChange, IoType } from '../../../shared/domain/model';
import type { Preprocessing, TensorEncoding } from '../../../shared/domain/preprocessing';
import type { Graph, Operator, Tensor } from '../graph/graph';
import { dropUnused } from '../graph/passes/drop-unused';
import { activationEncodings, storesBytesExactly } from './activation-encodings';
import { type ActivationForms, createActivationForms } from './activation-forms';
import type { AffineEncoding, ValueRange } from './affine-encoding';
import { biasesCorrected } from './correct-biases';
import { foldNormalization } from './fold-normalization';
import { createGraphRewriter, type GraphRewriter } from './graph-rewriter';
import { operatorsToKeep } from './keep-float';
import { activationInputs, operatorRule, refuseUnsupported } from './operator-rules';
import { connectInput, connectOutput, floatSoftmax } from './quantized-io';
import { addWeights } from './weighted-layer';

type Normalization = Pick<Preprocessing, 'mean' | 'std'>;

export interface QuantizedGraph {
  graph: Graph;
  changes: GraphChange[];
  /** How bytes become the new graph's input. */
  normalization: Normalization;
  inputEncoding: TensorEncoding;
  outputEncoding: TensorEncoding;
}

export interface Int8Options {
  /** How bytes become the model's input; decides the input's encoding. */
  normalization: Normalization;
  /** Type of the file's input and output tensor. */
  io: IoType;
  /** Means of activations by channel, to correct biases with; without them biases stay. */
  means?: ReadonlyMap<number, Float64Array> | undefined;
  /** Names of tensors that are not rounded: what computes and reads them stays in float. */
  keepFloat?: readonly string[];
}

/** The graph under construction and what each of its activations is stored with. */
interface Quantization {
  source: Graph;
  rewriter: GraphRewriter;
  forms: ActivationForms;
  encodingOf(sourceIndex: number): AffineEncoding;
  kept: ReadonlySet<Operator>;
  enlarged: { operator: string; channels: number }[];
  means?: ReadonlyMap<number, Float64Array> | undefined;
  /** Layers whose biases were corrected. */
  corrected: number;
}

/**
 * Full int8 quantization of a float32 graph, by TFLite's 8-bit quantization specification:
 * symmetric weights with a scale a channel (dense layers: one for all), int32 biases, per-tensor asymmetric
 * activations.
 * @param ranges of every activation, from `calibrate` on this very graph.
 * @throws AppError 'model-unsupported' naming the operator that has no int8 form, or when an integer
 * input could not take the bytes of a picture as they are, which is all that apps can give it;
 * 'bad-request' when `keepFloat` names a tensor that is not there.
 */
export function quantizeInt8(
  graph: Graph,
  ranges: ReadonlyMap<number, ValueRange>,
  { io, keepFloat = [], ...options }: Int8Options,
): QuantizedGraph {
  refuseUnsupported(graph, operatorsToKeep(graph, keepFloat));
  const { source, normalization, means, changes } = forBytes(graph, io, options);
  const kept = operatorsToKeep(source, keepFloat);
  const quantization = begin(source, { ranges, normalization, means, io, kept });
  const { rewriter, forms, encodingOf } = quantization;

  const [inputIndex = -1] = source.inputs;
  const [outputIndex = -1] = source.outputs;
  const softmax = floatSoftmax(source, io);
  const lastIndex = softmax?.inputs[0] ?? outputIndex;

  const input = connectInput(
    rewriter,
    tensorOf(source, inputIndex),
    forms.int8(inputIndex),
    encodingOf(inputIndex),
    io,
  );
  if (io === 'float32') forms.haveFloat(inputIndex, input.tensor);
  for (const operator of source.operators) {
    if (operator === softmax) continue;
    if (kept.has(operator)) copyOperator(quantization, operator);
    else quantizeOperator(quantization, operator);
  }
  const output = connectOutput(
    rewriter,
    tensorOf(source, outputIndex),
    {
      int8: () => forms.int8(lastIndex),
      float: forms.isFloat(lastIndex) ? forms.float(lastIndex) : undefined,
    },
    encodingOf(lastIndex),
    io,
    softmax,
  );
  const finished = rewriter.finish(source, [input.tensor], [output.tensor]);
  return {
    // A float first layer reads the float input itself: then nothing reads its int8 form.
    graph: kept.size > 0 ? dropUnused(finished).graph : finished,
    changes: [...changes, ...describeChanges(quantization), ...input.changes, ...output.changes],
    normalization,
    inputEncoding: input.encoding,
    outputEncoding: output.encoding,
  };
}

/** An integer input takes bytes as they are; where the normalization is another, layers take it in. */
function forBytes(
  graph: Graph,
  io: IoType,
  { normalization, means }: Pick<Int8Options, 'normalization' | 'means'>,
) {
  if (io === 'float32' || storesBytesExactly(normalization)) {
    return { source: graph, normalization, means, changes: [] };
  }
  const folded = foldNormalization(graph, normalization);
  if (!folded) throw noPlainBytes();
  const [input = -1] = graph.inputs;
  const inputMeans = means?.get(input);
  const { mean, std } = folded.normalization;
  // The input's means are of the normalization that was calibrated with.
  const shifted = inputMeans?.map((value, channel) => {
    const byte = value * (normalization.std[channel] ?? 1) + (normalization.mean[channel] ?? 0);
    return (byte - (mean[channel] ?? 0)) / (std[channel] ?? 1);
  });
  return {
    source: folded.graph,
    normalization: folded.normalization,
    means: shifted ? new Map(means).set(input, shifted) : means,
    changes: [folded.change],
  };
}

const noPlainBytes = () =>
  new AppError(
    'model-unsupported',
    'The normalization of this model is not one that an integer input can store exactly.',
    'Quantize with float32 input and output.',
  );

function begin(
  source: Graph,
  {
    ranges,
    normalization,
    means,
    io,
    kept,
  }: Pick<Int8Options, 'normalization' | 'means' | 'io'> & {
    ranges: ReadonlyMap<number, ValueRange>;
    kept: ReadonlySet<Operator>;
  },
): Quantization {
  const encodings = activationEncodings(source, ranges, normalization, kept);
  const rewriter = createGraphRewriter(source);
  const encodingOf = (index: number) => {
    const encoding = encodings.get(index);
    if (!encoding) throw new RangeError(`Tensor ${index} is no activation`);
    return encoding;
  };
  const forms = createActivationForms({ source, rewriter, encodingOf, kept, io });
  return { source, rewriter, forms, encodingOf, kept, enlarged: [], means, corrected: 0 };
}

function tensorOf(graph: Graph, index: number): Tensor {
  const tensor = graph.tensors[index];
  if (!tensor) throw new RangeError(`The graph has no tensor ${index}`);
  return tensor;
}

/** As it is in the source, on float activations. */
function copyOperator({ source, rewriter, forms }: Quantization, operator: Operator): void {
  const isFloat = (index: number) => source.tensors[index]?.type === 'float32';
  const take = (index: number) => {
    if (index < 0) return index;
    return isFloat(index) ? forms.float(index) : rewriter.copyOf(index, (tensor) => tensor);
  };
  rewriter.push({
    ...operator,
    inputs: operator.inputs.map(take),
    outputs: operator.outputs.map(take),
  });
}

function quantizeOperator(quantization: Quantization, operator: Operator): void {
  const { rewriter, forms } = quantization;
  const activations = new Set(activationInputs(operator));
  const inputs =
    operatorRule(operator).weightAxis === undefined
      ? operator.inputs.map((index) => {
          if (index < 0) return index;
          if (activations.has(index)) return forms.int8(index);
          // Shapes, axes and paddings: integers that stay as they are.
          return rewriter.copyOf(index, (tensor) => tensor);
        })
      : weightedInputs(quantization, operator);
  const outputs = operator.outputs.map((index) => forms.int8(index));
  rewriter.push({ ...operator, inputs, outputs });
}

/** Inputs of a convolution or dense layer: activation, int8 weights, int32 bias. */
function weightedInputs(quantization: Quantization, operator: Operator): number[] {
  const { source, rewriter, forms, encodingOf, means } = quantization;
  const [input = -1] = operator.inputs;
  const activation = forms.int8(input);
  const layer = addWeights(source, rewriter, operator, encodingOf(input).scale, means?.get(input));
  if (layer.enlarged > 0) {
    quantization.enlarged.push({ operator: operator.name, channels: layer.enlarged });
  }
  if (layer.isCorrected) quantization.corrected += 1;
  return [activation, ...layer.inputs];
}

function describeChanges({ source, kept, enlarged, corrected }: Quantization): GraphChange[] {
  const weighted = source.operators.filter(
    (operator) => !kept.has(operator) && operatorRule(operator).weightAxis !== undefined,
  );
  return [
    {
      pass: 'quantize-int8',
      description: `Stored the weights of ${weighted.length} layers as int8 with one scale a channel (dense layers: one for all), their biases as int32, ${kept.size > 0 ? 'their' : 'all'} activations as int8`,
    },
    ...(kept.size > 0 ? [describeKept(kept)] : []),
    ...(corrected > 0 ? [biasesCorrected(corrected)] : []),
    ...(enlarged.length > 0 ? [describeEnlarged(enlarged)] : []),
  ];
}

const describeKept = (kept: ReadonlySet<Operator>): GraphChange => ({
  pass: 'keep-float',
  description: `Kept in float32, with QUANTIZE and DEQUANTIZE around them: ${[...kept].map(({ kind, name }) => `${kind} ${name}`).join(', ')}`,
});

function describeEnlarged(enlarged: Quantization['enlarged']): GraphChange {
  const channels = enlarged.reduce((sum, layer) => sum + layer.channels, 0);
  const layers = enlarged.map((layer) => `${layer.operator} (${layer.channels})`).join(', ');
  return {
    pass: 'bias-headroom',
    description: `Coarser weights in ${channels} nearly dead channels, so that their biases fit: ${layers}`,
  };
}
