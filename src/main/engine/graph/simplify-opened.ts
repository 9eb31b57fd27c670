import { AppError } from '../../../shared/api/errors';
import type { GraphChange } from '../../../shared/domain/model';
import type { Graph } from './graph';
import { chainArithmetic } from './passes/chain-arithmetic';
import { counted } from './passes/counted';
import { dropUnused } from './passes/drop-unused';
import { foldIntoNext } from './passes/fold-into-next';
import { foldPadding } from './passes/fold-padding';
import { fuseActivation } from './passes/fuse-activation';
import { mergeArithmetic } from './passes/merge-arithmetic';
import { applyPasses, type Pass, type PassResult } from './passes/pass';
import { stripIdentity } from './passes/strip-identity';
import { widenFloat16 } from './passes/widen-float16';

/**
 * What is done to a float file that was made elsewhere, in the order in which one pass makes work for the
 * next: what nothing needs must be gone to see that a value has one reader, and arithmetic must be gone
 * for an activation to meet its operator. A model of our own keeps its arithmetic before its head, which
 * is read back from it: see `cleanGraph`.
 */
const passes: readonly Pass[] = [
  dropUnused,
  stripIdentity,
  widenFloat16,
  mergeArithmetic,
  chainArithmetic,
  foldIntoNext,
  fuseActivation,
  foldPadding,
  dropUnused,
];

/** What a probability may differ by: float32 rounds otherwise when weights are multiplied out. */
export const largestDifferenceAllowed = 1e-4;

/** Every pass, unproven: what would be done to a file that is only looked at. */
export const simplifyOpened = (graph: Graph): PassResult => applyPasses(passes, graph);

/**
 * Every pass that leaves the answers as they are. Each is run against the graph as it came; one that
 * moves an answer too far, or whose graph LiteRT refuses, is left out, and the report says so.
 * @param answersOf the answers of a graph to the same pictures each time.
 */
export async function simplifyProven(
  graph: Graph,
  answersOf: (graph: Graph) => Promise<readonly Float32Array[]>,
): Promise<PassResult> {
  const expected = await answersOf(graph);
  let kept: PassResult = { graph, changes: [] };
  for (const pass of passes) {
    const made = pass(kept.graph);
    if (made.changes.length === 0) continue;
    const fault = await findFault(made.graph, expected, answersOf);
    kept =
      fault === undefined
        ? { graph: made.graph, changes: [...kept.changes, ...made.changes] }
        : { graph: kept.graph, changes: [...kept.changes, leftOut(made.changes, fault)] };
  }
  return kept;
}

async function findFault(
  graph: Graph,
  expected: readonly Float32Array[],
  answersOf: (graph: Graph) => Promise<readonly Float32Array[]>,
): Promise<string | undefined> {
  try {
    const difference = largestDifference(expected, await answersOf(graph));
    // Also what is no number is too much.
    if (difference <= largestDifferenceAllowed) return undefined;
    return `an answer differs by ${difference.toPrecision(2)}, more than ${largestDifferenceAllowed}`;
  } catch (error) {
    if (error instanceof AppError && error.code === 'model-broken')
      return 'LiteRT refuses the result';
    throw error;
  }
}

function leftOut(changes: readonly GraphChange[], fault: string): GraphChange {
  const [{ pass, description } = { pass: '', description: '' }] = changes;
  const more = changes.length > 1 ? ` and ${counted(changes.length - 1, 'more change')}` : '';
  return { pass: 'left-out', description: `Left out ${pass} (“${description}”${more}): ${fault}` };
}

/** Of one answer to one picture; not a number where one of them is not. */
function largestDifference(
  expected: readonly Float32Array[],
  found: readonly Float32Array[],
): number {
  let largest = 0;
  expected.forEach((answer, picture) => {
    answer.forEach((value, at) => {
      largest = Math.max(largest, Math.abs(value - (found[picture]?.[at] ?? Number.NaN)));
    });
  });
  return largest;
}
