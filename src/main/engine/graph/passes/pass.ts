import type { GraphChange } from '../../../../shared/domain/model';
import type { Graph } from '../graph';

/** A pass never touches the graph it was given; with nothing to do it returns it as it is. */
export interface PassResult {
  graph: Graph;
  changes: GraphChange[];
}

export type Pass = (graph: Graph) => PassResult;
