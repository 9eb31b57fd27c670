import type { GraphChange } from '../../../../shared/domain/model';
import type { Graph } from '../graph';
import type { Pass } from './pass';

/**
 * A pass that does one thing after the other: what it finds first in the graph as it is by then, until it
 * finds no more.
 */
export function untilNone<Found>({
  pass,
  find,
  apply,
  describe,
}: {
  pass: GraphChange['pass'];
  find(graph: Graph): Found | undefined;
  apply(graph: Graph, found: Found): Graph;
  describe(found: Found): string;
}): Pass {
  return (graph) => {
    const changes: GraphChange[] = [];
    let current = graph;
    for (let found = find(current); found !== undefined; found = find(current)) {
      current = apply(current, found);
      changes.push({ pass, description: describe(found) });
    }
    return { graph: current, changes };
  };
}
