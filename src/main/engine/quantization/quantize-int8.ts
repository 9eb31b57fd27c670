import { AppError } from '../../../shared/api/errors';
import type { IoType } from '../../../shared/domain/model';
import type { Graph } from '../graph/graph';
import { int8Scheme, type Normalization, storesBytesExactly } from './activation-scheme';
import type { ValueRange } from './affine-encoding';
import { foldNormalization } from './fold-normalization';
import { operatorsToKeep } from './keep-float';
import { refuseUnsupported } from './operator-rules';
import { type QuantizedGraph, quantizeInteger } from './quantize-integer';
import type { Rounding } from './rounding/rounding';

export interface Int8Options {
  /** How bytes become the model's input; decides the input's encoding. */
  normalization: Normalization;
  /** Type of the file's input and output tensor. */
  io: IoType;
  /** Means of activations by channel, to correct biases with; without them biases stay. */
  means?: ReadonlyMap<number, Float64Array> | undefined;
  /** How weights become integers; by default each the nearest. */
  rounding?: Rounding | undefined;
  /** Names of tensors that are not rounded: what computes and reads them stays in float. */
  keepFloat?: readonly string[];
}

/**
 * Full int8 quantization of a float32 graph, by TFLite's 8-bit quantization specification: int32 biases
 * and asymmetric activations.
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
  const made = quantizeInteger(source, ranges, {
    scheme: int8Scheme,
    normalization,
    io,
    means,
    rounding: options.rounding,
    kept,
  });
  return { ...made, changes: [...changes, ...made.changes] };
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
