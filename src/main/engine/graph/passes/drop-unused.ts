import type { GraphChange } from '../../../../shared/domain/model';
import type { Graph } from '../graph';
import { counted } from './counted';
import type { Pass } from './pass';

/** Drops operators that no output depends on, and tensors that nothing refers to. */
export const dropUnused: Pass = (graph) => {
  const alive = aliveOperators(graph);
  const changes: GraphChange[] = graph.operators
    .filter((operator) => !alive.has(operator))
    .map(({ kind, name }) => ({
      pass: 'drop-unused',
      description: `Dropped ${kind} ${name}: no output depends on it`,
    }));
  const operators = graph.operators.filter((operator) => alive.has(operator));

  const used = new Set([...graph.inputs, ...graph.outputs]);
  for (const { inputs, outputs } of operators) {
    for (const tensor of [...inputs, ...outputs]) used.add(tensor);
  }
  const dropped = graph.tensors.filter((_, index) => !used.has(index));
  if (dropped.length > 0) {
    const bytes = dropped.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
    changes.push({
      pass: 'drop-unused',
      description: `Dropped ${counted(dropped.length, 'tensor')} that nothing uses any more (${counted(bytes, 'byte')} of constants)`,
    });
  }
  return changes.length === 0
    ? { graph, changes }
    : { graph: renumber({ ...graph, operators }, used), changes };
};

function aliveOperators(graph: Graph): Set<Graph['operators'][number]> {
  const needed = new Set(graph.outputs);
  const alive = new Set<Graph['operators'][number]>();
  for (const operator of graph.operators.toReversed()) {
    if (!operator.outputs.some((output) => needed.has(output))) continue;
    alive.add(operator);
    for (const input of operator.inputs) needed.add(input);
  }
  return alive;
}

function renumber(graph: Graph, used: ReadonlySet<number>): Graph {
  const kept = graph.tensors.flatMap((tensor, index) =>
    used.has(index) ? [{ tensor, index }] : [],
  );
  const places = new Map(kept.map(({ index }, place) => [index, place]));
  const move = (index: number): number => places.get(index) ?? -1;
  return {
    ...graph,
    tensors: kept.map(({ tensor }) => tensor),
    operators: graph.operators.map((operator) => ({
      ...operator,
      inputs: operator.inputs.map(move),
      outputs: operator.outputs.map(move),
    })),
    inputs: graph.inputs.map(move),
    outputs: graph.outputs.map(move),
  };
}
