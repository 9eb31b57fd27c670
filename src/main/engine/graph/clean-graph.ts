import type { Graph } from './graph';
import { dropUnused } from './passes/drop-unused';
import { fuseActivation } from './passes/fuse-activation';
import { mergeArithmetic } from './passes/merge-arithmetic';
import { applyPasses, type Pass, type PassResult } from './passes/pass';
import { stripIdentity } from './passes/strip-identity';
import { widenFloat16 } from './passes/widen-float16';

/**
 * Every pass, in the order in which one makes work for the next: constants must be float32 to be
 * merged, arithmetic must be gone for an activation to meet its operator, and only the last
 * knows what is left unused.
 */
const passes: readonly Pass[] = [
  stripIdentity,
  widenFloat16,
  mergeArithmetic,
  fuseActivation,
  dropUnused,
];

/**
 * The inference graph of a trained graph: computes the same (up to rounding where arithmetic is
 * merged) with fewer operators, and can be written. Says what was done.
 */
export const cleanGraph = (graph: Graph): PassResult => applyPasses(passes, graph);

/**
 * The same for a graph of the library: its arithmetic was merged when it was trained or opened, or left as
 * it is because its answers would have differed. Exact.
 */
export const tidyGraph = (graph: Graph): PassResult =>
  applyPasses(
    passes.filter((pass) => pass !== mergeArithmetic),
    graph,
  );
