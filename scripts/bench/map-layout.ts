import { frame, layOutRows } from '../../src/main/engine/curation/map/lay-out-rows';
import { normalize, type Rows } from '../../src/main/engine/curation/rows';
import { createRandom } from '../../src/shared/domain/random';
import { round, watchMemory } from './stopwatch';

/** As the studio shortens features. */
const width = 128;
const clusters = 40;

/**
 * Lays out `count` drawn vectors around 40 centers: milliseconds of the neighbor search with what
 * belongs to it, and of arranging; peak memory; and how many of the ten nearest points of 500
 * points are of their own center.
 */
export async function benchMapLayout(count: number) {
  const { rows, centers } = drawRows(count);
  const stopMemory = watchMemory();
  const start = performance.now();
  const layout = layOutRows(rows, 1);
  const arranging = performance.now();
  for (let epoch = 0; epoch < layout.epochs; epoch += 1) {
    layout.run(epoch);
    // The watch gets a turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  frame(layout.positions);
  const end = performance.now();
  return {
    vectors: count,
    neighbors: layout.method,
    neighborsMs: round(arranging - start),
    arrangingMs: round(end - arranging),
    memoryMb: stopMemory(),
    ownCenterShare: ownCenterShare(layout.positions, centers),
  };
}

function drawRows(count: number): { rows: Rows; centers: Int32Array } {
  const random = createRandom(1);
  const directions = Float32Array.from({ length: clusters * width }, () => random.normal());
  const centers = Int32Array.from({ length: count }, () => random.index(clusters));
  const data = new Float32Array(count * width);
  centers.forEach((center, row) => {
    for (let i = 0; i < width; i += 1) {
      data[row * width + i] = (directions[center * width + i] ?? 0) + 0.9 * random.normal();
    }
    normalize(data.subarray(row * width, (row + 1) * width));
  });
  return { rows: { count, width, data }, centers };
}

function ownCenterShare(positions: Float32Array, centers: Int32Array): number {
  const count = centers.length;
  const stride = Math.max(1, Math.floor(count / 500));
  let [own, seen] = [0, 0];
  for (let row = 0; row < count; row += stride) {
    const distances = Array.from({ length: count }, (_, other) => ({
      other,
      distance: Math.hypot(
        (positions[row * 2] ?? 0) - (positions[other * 2] ?? 0),
        (positions[row * 2 + 1] ?? 0) - (positions[other * 2 + 1] ?? 0),
      ),
    }));
    distances.sort((a, b) => a.distance - b.distance);
    for (const { other } of distances.slice(1, 11)) {
      own += centers[other] === centers[row] ? 1 : 0;
      seen += 1;
    }
  }
  return Math.round((1000 * own) / Math.max(1, seen)) / 1000;
}
