import type { GraphChange } from '../../../../shared/domain/model';
import type { Activation, Operator } from '../graph';
import { linkGraph } from './graph-links';
import type { Pass } from './pass';
import { isActivated, withActivation } from './with-activation';

const activations: Readonly<Record<string, Activation>> = { RELU: 'relu', RELU6: 'relu6' };

/**
 * Moves RELU and RELU6 into the operator before them, when they alone use its answer and it has
 * no activation yet. Float only: quantized, the two operators may round to different scales.
 */
export const fuseActivation: Pass = (graph) => {
  const links = linkGraph(graph);
  const changes: GraphChange[] = [];
  const fused = new Map<Operator, Operator>();
  const removed = new Set<Operator>();
  for (const operator of graph.operators) {
    const activation = activations[operator.kind];
    const input = operator.inputs[0] ?? -1;
    const producer = links.producer(input);
    if (!activation || !producer || !isActivated(producer)) continue;
    if (producer.options.activation !== 'none') continue;
    if (links.onlyConsumer(input) !== operator) continue;
    if (graph.tensors[input]?.type !== 'float32') continue;
    fused.set(producer, {
      ...withActivation(producer, activation),
      outputs: operator.outputs,
    });
    removed.add(operator);
    changes.push({
      pass: 'fuse-activation',
      description: `Fused ${operator.kind} ${operator.name} into ${producer.kind} ${producer.name}`,
    });
  }
  if (changes.length === 0) return { graph, changes };
  const operators = graph.operators
    .filter((operator) => !removed.has(operator))
    .map((operator) => fused.get(operator) ?? operator);
  return { graph: { ...graph, operators }, changes };
};
