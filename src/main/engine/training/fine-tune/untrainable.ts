import type { Graph, Operator } from '../../graph/graph';

/**
 * Why training can't go through an operator, in words that fit behind "it"; undefined where it can: what
 * TensorFlow.js has no gradient of.
 */
export function whyUntrainable({ tensors }: Graph, operator: Operator): string | undefined {
  const [input, second] = operator.inputs.map((index) => tensors[index]);
  switch (operator.kind) {
    case 'CONV_2D':
      if (second?.shape[3] !== input?.shape[3]) return 'is grouped';
      return skipsAndDilates(operator) ? 'skips and dilates' : undefined;
    case 'DEPTHWISE_CONV_2D':
      return skipsAndDilates(operator) ? 'skips and dilates' : undefined;
    case 'MEAN':
    case 'PAD':
      return second?.type === 'int32' && second.data ? undefined : 'is not constant';
    case 'QUANTIZE':
    case 'DEQUANTIZE':
      return 'is quantized';
    default:
      return undefined;
  }
}

/** The last operator that training can't go through, and why, in a sentence. */
export function lastUntrainable(graph: Graph): { at: number; reason: string } | undefined {
  for (const [at, operator] of [...graph.operators.entries()].toReversed()) {
    const why = whyUntrainable(graph, operator);
    if (why !== undefined) return { at, reason: untrainableReason(operator, why) };
  }
  return undefined;
}

export const untrainableReason = ({ kind, name }: Operator, why: string): string =>
  `The layer ${name} (${kind}) can’t be fine-tuned: it ${why}.`;

function skipsAndDilates({ options }: Operator<'CONV_2D' | 'DEPTHWISE_CONV_2D'>): boolean {
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = options;
  return Math.max(strideHeight, strideWidth) > 1 && Math.max(dilationHeight, dilationWidth) > 1;
}
