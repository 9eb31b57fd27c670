import { createRandom } from '../../../../shared/domain/random';
import { findNeighbors, type NeighborHooks, type Neighbors } from '../nearest-neighbors';
import type { Rows } from '../rows';
import { type Arrangement, arrangePoints } from './arrange-points';
import { fitFallOff } from './fall-off';
import { fuzzyGraph } from './fuzzy-graph';
import { principalPlane } from './principal-plane';

/** Neighbors that each row is to keep: enough to see groups, few enough to see small ones. */
const neighborCount = 15;
/** Least distance of points, in units of the layout: few points have room to lie side by side. */
const minimumDistance = (count: number) => (count < 2000 ? 0.5 : 0.1);
/** Fewer rows than this have no structure that could be laid out. */
const fewRows = 5;
const largeCount = 10_000;
/** Half the width of the first layout: from further away, few groups would stay lost in it. */
const startExtent = (count: number) => Math.max(1, Math.min(10, Math.sqrt(count) / 6));
/** Parts equal rows. */
const noise = 1e-4;

export interface RowsLayout extends Arrangement {
  /** Times that `run` is to be called. */
  epochs: number;
  /** How neighbors were found. */
  method: Neighbors['method'];
}

/**
 * Lays rows of length 1 out in the plane so that rows alike lie together: UMAP (McInnes, Healy and
 * Melville, 2018) from the principal plane on. What takes long is left to the caller as epochs, so
 * that it can look for a cancel in between; call `frame` on the positions in the end.
 */
export function layOutRows(rows: Rows, seed: number, hooks: NeighborHooks = {}): RowsLayout {
  if (rows.count < fewRows) {
    return { positions: onCircle(rows.count), epochs: 0, run: () => undefined, method: 'exact' };
  }
  const k = Math.min(neighborCount, rows.count - 1);
  const neighbors = findNeighbors(rows, k, seed, hooks);
  const random = createRandom(seed);
  const positions = principalPlane(rows, seed);
  const widest = positions.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = widest === 0 ? 0 : startExtent(rows.count) / widest;
  positions.forEach((value, i) => {
    positions[i] = value * scale + noise * random.normal();
  });
  const epochs = rows.count >= largeCount ? 200 : 500;
  const graph = fuzzyGraph(neighbors);
  const fallOff = fitFallOff(minimumDistance(rows.count));
  const arrangement = arrangePoints(graph, positions, fallOff, epochs, random);
  return { ...arrangement, epochs, method: neighbors.method };
}

function onCircle(count: number): Float32Array {
  return Float32Array.from({ length: count * 2 }, (_, i) => {
    const angle = (2 * Math.PI * Math.floor(i / 2)) / Math.max(1, count);
    return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
  });
}

/** Moves and scales positions in place: the middle at 0, the longer side from -1 to 1. */
export function frame(positions: Float32Array): void {
  const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const most = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  positions.forEach((value, i) => {
    least[i % 2] = Math.min(least[i % 2] ?? 0, value);
    most[i % 2] = Math.max(most[i % 2] ?? 0, value);
  });
  const middle = least.map((low, axis) => (low + (most[axis] ?? 0)) / 2);
  const half = Math.max(...least.map((low, axis) => ((most[axis] ?? 0) - low) / 2));
  positions.forEach((value, i) => {
    positions[i] = half > 0 ? (value - (middle[i % 2] ?? 0)) / half : 0;
  });
}
