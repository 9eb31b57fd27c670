import { AppError } from '../../../shared/api/errors';
import type { Graph, Operator } from '../graph/graph';

/**
 * The operators that run in float so that the named tensors are never rounded: what computes each of
 * them, and what reads it.
 * @throws AppError 'bad-request' naming a tensor that no operator computes.
 */
export function operatorsToKeep(graph: Graph, names: readonly string[]): Set<Operator> {
  const kept = new Set<Operator>();
  for (const name of names) {
    const producer = graph.operators.find(({ outputs }) =>
      outputs.some((output) => graph.tensors[output]?.name === name),
    );
    if (!producer) {
      throw new AppError(
        'bad-request',
        `The model has no layer ${name}.`,
        'Take names from the layer errors of a quantized model.',
      );
    }
    kept.add(producer);
    for (const operator of graph.operators) {
      if (operator.inputs.some((input) => producer.outputs.includes(input))) kept.add(operator);
    }
  }
  return kept;
}
