import type { GraphChange, IoType } from '../../../shared/domain/model';
import type { TensorEncoding } from '../../../shared/domain/preprocessing';
import type { Graph, Operator, Tensor } from '../graph/graph';
import { dropUnused } from '../graph/passes/drop-unused';
import { activationEncodings } from './activation-encodings';
import { type ActivationForms, createActivationForms } from './activation-forms';
import type { ActivationScheme, Normalization } from './activation-scheme';
import type { AffineEncoding, ValueRange } from './affine-encoding';
import { biasesCorrected } from './correct-biases';
import { createGraphRewriter, type GraphRewriter } from './graph-rewriter';
import { activationInputs, operatorRule } from './operator-rules';
import { connectInput, connectOutput, floatSoftmax } from './quantized-io';
import type { Rounding } from './rounding/rounding';
import { addWeights } from './weighted-layer';

export interface QuantizedGraph {
  graph: Graph;
  changes: GraphChange[];
  /** How bytes become the new graph's input. */
  normalization: Normalization;
  inputEncoding: TensorEncoding;
  outputEncoding: TensorEncoding;
}

export interface IntegerOptions {
  scheme: ActivationScheme;
  /** How bytes become the model's input; decides the input's encoding. */
  normalization: Normalization;
  /** Type of the file's input and output tensor; without an integer one of other size than the scheme's. */
  io: IoType;
  /** Means of activations by channel, to correct biases with; without them biases stay. */
  means?: ReadonlyMap<number, Float64Array> | undefined;
  /** How weights become integers; by default each the nearest. */
  rounding?: Rounding | undefined;
  /** Operators that stay in float. */
  kept: ReadonlySet<Operator>;
}

/** The graph under construction and what each of its activations is stored with. */
interface Quantization {
  scheme: ActivationScheme;
  source: Graph;
  rewriter: GraphRewriter;
  forms: ActivationForms;
  encodingOf(sourceIndex: number): AffineEncoding;
  kept: ReadonlySet<Operator>;
  enlarged: { operator: string; channels: number }[];
  means?: ReadonlyMap<number, Float64Array> | undefined;
  rounding: Rounding | undefined;
  /** Layers whose biases were corrected. */
  corrected: number;
}

/**
 * A float32 graph whose layers compute in integers: symmetric int8 weights with a scale a channel (dense
 * layers: one for all), activations per tensor as the scheme stores them.
 * @param source a graph that `refuseUnsupported` let pass.
 * @param ranges of every activation, from `calibrate` on this very graph.
 * @throws AppError 'model-unsupported' when demands on a tensor's encoding contradict each other.
 */
export function quantizeInteger(
  source: Graph,
  ranges: ReadonlyMap<number, ValueRange>,
  options: IntegerOptions,
): QuantizedGraph {
  const { io, kept, normalization } = options;
  const quantization = begin(source, ranges, options);
  const { rewriter, forms, encodingOf } = quantization;

  const [inputIndex = -1] = source.inputs;
  const [outputIndex = -1] = source.outputs;
  const softmax = floatSoftmax(source, io);
  const lastIndex = softmax?.inputs[0] ?? outputIndex;

  const input = connectInput(
    rewriter,
    tensorOf(source, inputIndex),
    forms.stored(inputIndex),
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
      stored: () => forms.stored(lastIndex),
      float: forms.isFloat(lastIndex) ? forms.float(lastIndex) : undefined,
    },
    encodingOf(lastIndex),
    io,
    softmax,
  );
  const finished = rewriter.finish(source, [input.tensor], [output.tensor]);
  return {
    // A float first layer reads the float input itself: then nothing reads its integer form.
    graph: kept.size > 0 ? dropUnused(finished).graph : finished,
    changes: [...describeChanges(quantization), ...input.changes, ...output.changes],
    normalization,
    inputEncoding: input.encoding,
    outputEncoding: output.encoding,
  };
}

function begin(
  source: Graph,
  ranges: ReadonlyMap<number, ValueRange>,
  { scheme, normalization, means, rounding, io, kept }: IntegerOptions,
): Quantization {
  const encodings = activationEncodings(source, ranges, normalization, kept, scheme);
  const rewriter = createGraphRewriter(source);
  const encodingOf = (index: number) => {
    const encoding = encodings.get(index);
    if (!encoding) throw new RangeError(`Tensor ${index} is no activation`);
    return encoding;
  };
  const { type } = scheme;
  const forms = createActivationForms({ type, source, rewriter, encodingOf, kept, io });
  const counts = { enlarged: [], corrected: 0 };
  return { scheme, source, rewriter, forms, encodingOf, kept, means, rounding, ...counts };
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
          if (activations.has(index)) return forms.stored(index);
          // Shapes, axes and paddings: integers that stay as they are.
          return rewriter.copyOf(index, (tensor) => tensor);
        })
      : weightedInputs(quantization, operator);
  const outputs = operator.outputs.map((index) => forms.stored(index));
  rewriter.push({ ...withAnyScale(operator, quantization.scheme), inputs, outputs });
}

/** Sums of int16 values are read as having powers of two for scales, unless they say otherwise. */
function withAnyScale(operator: Operator, { type }: ActivationScheme): Operator {
  if (type !== 'int16' || (operator.kind !== 'ADD' && operator.kind !== 'SUB')) return operator;
  return { ...operator, options: { ...operator.options, anyScale: true } };
}

/** Inputs of a convolution or dense layer: activation, int8 weights, bias. */
function weightedInputs(quantization: Quantization, operator: Operator): number[] {
  const { scheme, source, rewriter, forms, encodingOf, means, rounding } = quantization;
  const [input = -1] = operator.inputs;
  const activation = forms.stored(input);
  const layer = addWeights(source, rewriter, operator, {
    inputScale: encodingOf(input).scale,
    inputMeans: means?.get(input),
    biasType: scheme.biasType,
    rounding,
  });
  if (layer.enlarged > 0) {
    quantization.enlarged.push({ operator: operator.name, channels: layer.enlarged });
  }
  if (layer.isCorrected) quantization.corrected += 1;
  return [activation, ...layer.inputs];
}

function describeChanges({
  scheme,
  source,
  kept,
  enlarged,
  corrected,
}: Quantization): GraphChange[] {
  const weighted = source.operators.filter(
    (operator) => !kept.has(operator) && operatorRule(operator).weightAxis !== undefined,
  );
  return [
    {
      pass: `quantize-${scheme.type}`,
      description: `Stored the weights of ${weighted.length} layers as int8 with one scale a channel (dense layers: one for all), their biases as ${scheme.biasType}, ${kept.size > 0 ? 'their' : 'all'} activations as ${scheme.type}`,
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
