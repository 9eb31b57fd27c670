import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../../shared/api/errors';
import type { GraphChange } from '../../../../shared/domain/model';
import type { Graph } from '../../graph/graph';
import { counted } from '../../graph/passes/counted';
import type { Runtime } from '../../runtime/runtime';
import { type CollectOptions, collectMoments, type ReadingLayer } from './collect-moments';
import { layerRows } from './layer-rows';
import type { RowMoments } from './row-moments';
import {
  type LayerToRound,
  type RoundedWeights,
  type Rounding,
  roundingFrom,
  scaleOf,
} from './rounding';
import { searchOutput } from './search-output';

export interface RoundingSearchOptions extends Omit<CollectOptions, 'onPhoto'> {
  /**
   * One search each: whether the mean of a layer's error counts as nothing, since its bias takes it
   * (`meanShift`).
   */
  centered: readonly boolean[];
  /** Photos and layers count alike. */
  onProgress?: (done: number, total: number) => void;
}

export interface SearchedRounding {
  rounding: Rounding;
  /** Layers that were searched, and by how much the error of their outputs fell: mean of all, in decibels. */
  layers: number;
  decibels: number;
  /** Names of layers with too many weights an output. */
  leftOut: string[];
}

/** Values of a row: the products of each two are held in memory, 42 MB at this length. */
const longestRow = 2304;

/** Pairs of values whose products are collected at a time, 8 bytes each. */
const mostProducts = 2 ** 24;

/**
 * Searches layer by layer which weights to round up and which down, on what calibration photos make each
 * layer see in the float graph. Takes longer than calibration; memory depends on the graph alone.
 * @param layers with the scales they will have, from `layersToRound`.
 * @param inputs gives the calibration photos anew at each call.
 * @returns one an entry of `options.centered`.
 * @throws AppError as `collectMoments`.
 */
export async function searchRounding(
  graph: Graph,
  layers: readonly LayerToRound[],
  inputs: () => AsyncIterable<Float32Array>,
  runtime: Runtime,
  { centered, onProgress, ...options }: RoundingSearchOptions,
): Promise<SearchedRounding[]> {
  const read = layers.map((layer) => {
    const { operator, shape } = layer;
    const input = graph.tensors[operator.inputs[0] ?? -1]?.shape;
    return { layer, rows: layerRows(operator, input, shape) };
  });
  const known = read.filter((entry): entry is SearchedLayer =>
    Boolean(entry.rows && entry.rows.length <= longestRow),
  );
  const leftOut = read
    .filter(({ rows }) => !rows || rows.length > longestRow)
    .map(({ layer }) => layer.operator.name);
  const rounds = inRounds(known);
  const chosen = centered.map((): RoundedWeights[] => []);
  const decibels = centered.map(() => 0);
  const total = rounds.length * options.photos + known.length;
  let done = 0;
  const step = () => onProgress?.((done += 1), total);
  for (const round of rounds) {
    const moments = await collectMoments(graph, round.map(readingLayer), inputs(), runtime, {
      ...options,
      onPhoto: step,
    });
    for (const [at, entry] of round.entries()) {
      for (const [kind, isCentered] of centered.entries()) {
        const found = await searchLayer(entry, moments[at] ?? [], isCentered, options.signal);
        chosen[kind]?.push(found.weights);
        decibels[kind] = (decibels[kind] ?? 0) + found.decibels;
      }
      step();
    }
  }
  return centered.map((_, kind) => ({
    rounding: roundingFrom(chosen[kind] ?? []),
    layers: known.length,
    decibels: (decibels[kind] ?? 0) / Math.max(1, known.length),
    leftOut,
  }));
}

export function roundingSearched({ layers, decibels, leftOut }: SearchedRounding): GraphChange {
  const left =
    leftOut.length === 0
      ? ''
      : `; ${leftOut.join(', ')} rounded to the nearest, with more than ${longestRow} weights an output`;
  return {
    pass: 'rounding-search',
    description: `Rounded weights of ${counted(layers, 'layer')} up or down so that their errors cancel out: on calibration photos what rounding adds to a layer’s output is ${decibels.toFixed(1)} dB less, on average${left}`,
  };
}

interface SearchedLayer {
  layer: LayerToRound;
  rows: NonNullable<ReturnType<typeof layerRows>>;
}

const readingLayer = ({ layer, rows }: SearchedLayer): ReadingLayer => ({
  input: layer.operator.inputs[0] ?? -1,
  rows,
});

/** Layers whose products fit into memory together. */
function inRounds(layers: readonly SearchedLayer[]): SearchedLayer[][] {
  const rounds: SearchedLayer[][] = [];
  let products = Number.POSITIVE_INFINITY;
  for (const entry of layers) {
    const { groups, length } = entry.rows;
    const own = (groups * length * (length + 1)) / 2;
    if (products + own > mostProducts) {
      rounds.push([]);
      products = 0;
    }
    products += own;
    rounds.at(-1)?.push(entry);
  }
  return rounds;
}

/** Milliseconds after which a cancellation is looked for. */
const patience = 50;

async function searchLayer(
  { layer, rows }: SearchedLayer,
  moments: readonly RowMoments[],
  centered: boolean,
  signal: AbortSignal,
): Promise<{ weights: RoundedWeights; decibels: number }> {
  const { length, outputs, groupOf, weightAt } = rows;
  const stored = new Int8Array(layer.values.length);
  const outputOf = new Uint32Array(layer.values.length);
  const sums = { nearest: 0, found: 0 };
  let products: { group: number; values: Float64Array } = {
    group: -1,
    values: new Float64Array(),
  };
  let lastTurn = performance.now();
  for (let output = 0; output < outputs; output += 1) {
    const group = groupOf(output);
    const own = moments[group];
    if (own && products.group !== group) products = { group, values: own.products(centered) };
    const weights = Float64Array.from(
      { length },
      (_, at) => layer.values[weightAt(output, at)] ?? 0,
    );
    const result = searchOutput(products.values, weights, scaleOf(layer.scales, output));
    result.stored.forEach((value, at) => {
      const index = weightAt(output, at);
      stored[index] = value;
      outputOf[index] = output;
    });
    sums.nearest += result.nearest;
    sums.found += result.found;
    if (performance.now() - lastTurn < patience) continue;
    await nextTurn();
    throwIfCancelled(signal);
    lastTurn = performance.now();
  }
  return {
    weights: { layer, stored, outputOf: (index) => outputOf[index] ?? 0 },
    // Nothing to gain where rounding adds nothing.
    decibels: sums.found > 0 ? 10 * Math.log10(sums.nearest / sums.found) : 0,
  };
}
