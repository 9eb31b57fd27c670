import type { Random } from '../../../../shared/domain/random';
import type { FallOff } from './fall-off';
import type { FuzzyGraph } from './fuzzy-graph';

/** Points pushed away for each that is pulled near. */
const negativeSamples = 5;
/** No step moves a point further than this along an axis. */
const longestStep = 4;

export interface Arrangement {
  /** Row-major [points, 2], moved in place by each epoch. */
  positions: Float32Array;
  /** Runs epoch number `epoch`, from 0 to `epochs - 1`, in order. */
  run(epoch: number): void;
}

/**
 * Moves points so that neighbors of the graph lie near each other and others apart: stochastic
 * gradient descent on the fuzzy cross entropy with negative sampling (UMAP, section 3.2). An edge is
 * used the more often the stronger it is. One thread and one source of numbers: the same input
 * gives the same bytes.
 */
export function arrangePoints(
  graph: FuzzyGraph,
  positions: Float32Array,
  { a, b }: FallOff,
  epochs: number,
  random: Random,
): Arrangement {
  const { heads, tails, strength } = bothWays(graph, epochs);
  const pulls = tabulate((squared) => {
    const power = a * squared ** b;
    return (-2 * b * power) / (squared * (power + 1));
  });
  const pushes = tabulate((squared) => (2 * b) / ((0.001 + squared) * (a * squared ** b + 1)));
  const count = positions.length / 2;
  const edges = heads.length;
  /** How much of a use each edge has saved up. */
  const saved = new Float32Array(edges);

  function run(epoch: number): void {
    const rate = 1 - epoch / epochs;
    for (let edge = 0; edge < edges; edge += 1) {
      const due = (saved[edge] ?? 0) + (strength[edge] ?? 0);
      if (due < 1) {
        saved[edge] = due;
        continue;
      }
      saved[edge] = due - 1;
      const head = (heads[edge] ?? 0) * 2;
      const tail = (tails[edge] ?? 0) * 2;
      let x = positions[head] ?? 0;
      let y = positions[head + 1] ?? 0;

      const dx = x - (positions[tail] ?? 0);
      const dy = y - (positions[tail + 1] ?? 0);
      const squared = dx * dx + dy * dy;
      if (squared > 0) {
        const pull = valueFor(pulls, squared);
        const moveX = rate * limited(pull * dx);
        const moveY = rate * limited(pull * dy);
        x += moveX;
        y += moveY;
        positions[tail] = (positions[tail] ?? 0) - moveX;
        positions[tail + 1] = (positions[tail + 1] ?? 0) - moveY;
      }

      for (let sample = 0; sample < negativeSamples; sample += 1) {
        const other = random.index(count) * 2;
        if (other === head) continue;
        const awayX = x - (positions[other] ?? 0);
        const awayY = y - (positions[other + 1] ?? 0);
        const distance = awayX * awayX + awayY * awayY;
        const push = valueFor(pushes, distance);
        // Points on the same spot are driven apart in some direction.
        x += rate * (distance > 0 ? limited(push * awayX) : random.between(-1, 1));
        y += rate * (distance > 0 ? limited(push * awayY) : random.between(-1, 1));
      }
      positions[head] = x;
      positions[head + 1] = y;
    }
  }

  return { positions, run };
}

/** Powers take most of the time: they are looked up, over d / (1 + d), between two of so many places. */
const places = 1 << 14;

function tabulate(valueAt: (squared: number) => number): Float32Array {
  return Float32Array.from({ length: places + 2 }, (_, place) => {
    // Both ends lie at distances that have no value.
    const share = Math.min(places - 0.5, Math.max(0.01, place)) / places;
    return valueAt(share / (1 - share));
  });
}

function valueFor(table: Float32Array, squared: number): number {
  const place = (squared / (1 + squared)) * places;
  const before = Math.floor(place);
  const low = table[before] ?? 0;
  return low + (place - before) * ((table[before + 1] ?? 0) - low);
}

const limited = (value: number) =>
  value > longestStep ? longestStep : value < -longestStep ? -longestStep : value;

/** Each edge from both of its ends, by head, as uses an epoch (the strongest 1); too weak ones left out. */
function bothWays({ heads, tails, weights }: FuzzyGraph, epochs: number) {
  const strongest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const least = strongest / epochs;
  const points = heads.reduce((most, head, edge) => Math.max(most, head, tails[edge] ?? 0), -1) + 1;
  const starts = new Int32Array(points + 1);
  const countAt = (point: number) => (starts[point + 1] = (starts[point + 1] ?? 0) + 1);
  weights.forEach((weight, edge) => {
    if (weight < least) return;
    countAt(heads[edge] ?? 0);
    countAt(tails[edge] ?? 0);
  });
  for (let point = 0; point < points; point += 1) {
    starts[point + 1] = (starts[point + 1] ?? 0) + (starts[point] ?? 0);
  }
  const total = starts[points] ?? 0;
  const sorted = {
    heads: new Int32Array(total),
    tails: new Int32Array(total),
    strength: new Float32Array(total),
  };
  const put = (head: number, tail: number, weight: number) => {
    const place = starts[head] ?? 0;
    starts[head] = place + 1;
    sorted.heads[place] = head;
    sorted.tails[place] = tail;
    sorted.strength[place] = weight / strongest;
  };
  weights.forEach((weight, edge) => {
    if (weight < least) return;
    put(heads[edge] ?? 0, tails[edge] ?? 0, weight);
    put(tails[edge] ?? 0, heads[edge] ?? 0, weight);
  });
  return sorted;
}
