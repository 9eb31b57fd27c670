import type { GraphChange } from '../../../shared/domain/model';
import type { Graph, Operator } from '../graph/graph';
import { int16Scheme } from './activation-scheme';
import type { ValueRange } from './affine-encoding';
import { operatorsToKeep } from './keep-float';
import { refuseUnsupported } from './operator-rules';
import type { Int8Options } from './quantize-int8';
import { type QuantizedGraph, quantizeInteger } from './quantize-integer';

/**
 * int16 activations with int8 weights, TFLite's "16x8" mode: int64 biases, float32 input and output.
 * Operators that have no int16 kernel stay in float32, with a QUANTIZE and DEQUANTIZE around them.
 * @param ranges of every activation, from `calibrate` on this very graph.
 * @throws AppError as `quantizeInt8` does.
 */
export function quantizeInt16(
  graph: Graph,
  ranges: ReadonlyMap<number, ValueRange>,
  { normalization, means, rounding, keepFloat = [] }: Omit<Int8Options, 'io'>,
): QuantizedGraph {
  const asked = operatorsToKeep(graph, keepFloat);
  const others = graph.operators.filter(
    (operator) => int16Scheme.withoutKernel.has(operator.kind) && !asked.has(operator),
  );
  const kept = new Set([...asked, ...others]);
  refuseUnsupported(graph, kept);
  const made = quantizeInteger(graph, ranges, {
    scheme: int16Scheme,
    normalization,
    io: 'float32',
    means,
    rounding,
    kept,
  });
  return { ...made, changes: [...made.changes, ...describeMissing(others)] };
}

function describeMissing(operators: readonly Operator[]): GraphChange[] {
  if (operators.length === 0) return [];
  const kinds = [...new Set(operators.map(({ kind }) => kind))].join(', ');
  const description = `LiteRT has no int16 kernel for ${kinds}: ${operators.map(({ name }) => name).join(', ')} stayed in float32`;
  return [{ pass: 'no-int16-kernel', description }];
}
