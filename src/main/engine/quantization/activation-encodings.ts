import type { Graph, Operator } from '../graph/graph';
import { floatsOf, isConstant } from '../graph/tensor-data';
import { type ActivationScheme, int8Scheme, type Normalization } from './activation-scheme';
import {
  type AffineEncoding,
  rangeOfStored,
  unionOfRanges,
  type ValueRange,
} from './affine-encoding';
import { activationInputs, operatorRule, unsupported } from './operator-rules';
import { minMaxObserver } from './range-observer';

/**
 * The encoding of every activation, and of constants used like one, by tensor index.
 * Tensors that an operator demands to be stored alike are joined into groups; a group takes the
 * encoding that is prescribed for one of its members, or that of its measured range.
 * @param kept operators that stay in float and demand nothing.
 * @throws AppError 'model-unsupported' when demands contradict each other.
 */
export function activationEncodings(
  graph: Graph,
  ranges: ReadonlyMap<number, ValueRange>,
  normalization: Normalization,
  kept: ReadonlySet<Operator> = new Set(),
  scheme: ActivationScheme = int8Scheme,
): Map<number, AffineEncoding> {
  const groups = joinedTensors(graph, kept);
  const prescribed = new Map<number, AffineEncoding>();
  const measured = new Map<number, ValueRange>();

  const prescribe = (tensor: number, encoding: AffineEncoding) => {
    const group = groups.of(tensor);
    const known = prescribed.get(group);
    if (known && (known.scale !== encoding.scale || known.zeroPoint !== encoding.zeroPoint)) {
      throw unsupported(`${nameOf(graph, tensor)}, which would need two encodings at once`);
    }
    prescribed.set(group, encoding);
  };
  const measure = (tensor: number, range: ValueRange) => {
    const group = groups.of(tensor);
    const known = measured.get(group);
    measured.set(group, known ? unionOfRanges(known, range) : range);
  };

  for (const input of graph.inputs) {
    prescribe(input, scheme.inputEncoding(normalization));
  }
  for (const operator of graph.operators) {
    if (kept.has(operator)) {
      for (const output of operator.outputs) {
        const range = ranges.get(output);
        if (range) measure(output, range);
      }
      continue;
    }
    const { isProbability } = operatorRule(operator);
    for (const output of operator.outputs) {
      if (isProbability) prescribe(output, scheme.probabilityEncoding);
      else measure(output, measuredRange(graph, ranges, output));
    }
    for (const input of activationInputs(operator)) {
      const tensor = graph.tensors[input];
      if (tensor && isConstant(tensor)) measure(input, rangeOfConstant(floatsOf(tensor)));
    }
  }

  const encodings = new Map<number, AffineEncoding>();
  for (const tensor of groups.members()) {
    const group = groups.of(tensor);
    const fixed = prescribed.get(group);
    const range = measured.get(group);
    if (fixed && range && !holds(scheme, fixed, range)) {
      throw unsupported(`${nameOf(graph, tensor)}, whose values exceed the encoding it must have`);
    }
    const encoding = fixed ?? (range && scheme.encodingFor(range));
    if (encoding) encodings.set(tensor, encoding);
  }
  return encodings;
}

function measuredRange(
  graph: Graph,
  ranges: ReadonlyMap<number, ValueRange>,
  tensor: number,
): ValueRange {
  const range = ranges.get(tensor);
  if (!range) throw new Error(`${nameOf(graph, tensor)} was not calibrated`);
  return range;
}

function rangeOfConstant(values: Float32Array): ValueRange {
  const observer = minMaxObserver();
  observer.observe(values);
  return observer.range();
}

/** A step over the end passes: the encoding prescribed for SOFTMAX ends at 255/256. */
function holds(
  { type }: ActivationScheme,
  encoding: AffineEncoding,
  { min, max }: ValueRange,
): boolean {
  const held = rangeOfStored(type, encoding);
  return min >= held.min - encoding.scale && max <= held.max + encoding.scale;
}

const nameOf = (graph: Graph, tensor: number) => graph.tensors[tensor]?.name ?? `tensor ${tensor}`;

/** Union-find over the tensors that operators demand to be stored alike. */
function joinedTensors(graph: Graph, kept: ReadonlySet<Operator>) {
  const parents = new Map<number, number>();
  const of = (tensor: number): number => {
    const parent = parents.get(tensor);
    if (parent === undefined) parents.set(tensor, tensor);
    return parent === undefined || parent === tensor ? tensor : of(parent);
  };
  for (const input of graph.inputs) of(input);
  for (const operator of graph.operators) {
    if (kept.has(operator)) {
      for (const output of operator.outputs) of(output);
      continue;
    }
    const alike = [...activationInputs(operator), ...operator.outputs];
    const groups = alike.map(of);
    const [first] = groups;
    if (!operatorRule(operator).sharesEncoding || first === undefined) continue;
    for (const group of groups) parents.set(of(group), of(first));
  }
  return { of, members: () => [...parents.keys()] };
}
