import type { GraphChange } from '../../../../shared/domain/model';
import type { Graph, Operator } from '../graph';
import { linkGraph } from './graph-links';
import type { Pass } from './pass';

type PassThrough = Operator<'DROPOUT' | 'IDENTITY'>;

const isPassThrough = (operator: Operator): operator is PassThrough =>
  operator.kind === 'DROPOUT' || operator.kind === 'IDENTITY';

/** Removes DROPOUT and IDENTITY, which answer their input at inference. */
export const stripIdentity: Pass = (graph) => {
  const changes: GraphChange[] = [];
  let current = graph;
  for (
    let operator = current.operators.find(isPassThrough);
    operator;
    operator = current.operators.find(isPassThrough)
  ) {
    current = without(current, operator);
    changes.push({
      pass: 'strip-identity',
      description: `Removed ${describe(operator)}: the identity at inference`,
    });
  }
  return { graph: current, changes };
};

const describe = (operator: PassThrough): string =>
  operator.kind === 'DROPOUT'
    ? `DROPOUT ${operator.name} (rate ${operator.options.rate})`
    : `IDENTITY ${operator.name}`;

/**
 * The graph without `operator`, later ones reading its input instead. An output of the graph
 * keeps its tensor, and with it its name, where its producer can write to it directly.
 */
function without(graph: Graph, operator: PassThrough): Graph {
  const operators = graph.operators.filter((other) => other !== operator);
  const input = operator.inputs[0] ?? -1;
  const output = operator.outputs[0] ?? -1;
  const keepsOutput =
    graph.outputs.includes(output) &&
    !graph.outputs.includes(input) &&
    linkGraph(graph).producer(input) !== undefined;
  const [from, to] = keepsOutput ? [input, output] : [output, input];
  const redirect = (tensor: number): number => (tensor === from ? to : tensor);
  return {
    ...graph,
    operators: operators.map((other) => ({
      ...other,
      inputs: other.inputs.map(redirect),
      outputs: other.outputs.map(redirect),
    })),
    outputs: graph.outputs.map(redirect),
  };
}
