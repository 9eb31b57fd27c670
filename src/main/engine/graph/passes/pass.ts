import type { GraphChange } from '../../../../shared/domain/model';
import type { Graph } from '../graph';

/** A pass never touches the graph it was given; with nothing to do it returns it as it is. */
export interface PassResult {
  graph: Graph;
  changes: GraphChange[];
}

export type Pass = (graph: Graph) => PassResult;

/** One after the other, with the changes of all. */
export const applyPasses = (passes: readonly Pass[], graph: Graph): PassResult =>
  passes.reduce<PassResult>(
    (before, pass) => {
      const after = pass(before.graph);
      return { graph: after.graph, changes: [...before.changes, ...after.changes] };
    },
    { graph, changes: [] },
  );
