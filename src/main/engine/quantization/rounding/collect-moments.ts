import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, throwIfCancelled } from '../../../../shared/api/errors';
import { createRandom } from '../../../../shared/domain/random';
import type { Graph } from '../../graph/graph';
import { writeTflite } from '../../graph/write-tflite';
import type { Runtime } from '../../runtime/runtime';
import type { LayerRows } from './layer-rows';
import { createRowMoments, type RowMoments } from './row-moments';

/** Rows of a layer that all photos together give at least, where its places allow. */
const leastRows = 400;

/** A layer that reads a tensor of the graph. */
export interface ReadingLayer {
  /** Index of the tensor. */
  input: number;
  rows: LayerRows;
}

export interface CollectOptions {
  /** How many photos `inputs` gives: decides how many places of each are looked at. */
  photos: number;
  /** The graph's input as layers of the quantized graph get it; default as it is. */
  asStored?: ((input: Float32Array) => Float32Array) | undefined;
  /** Decides the places. */
  seed: number;
  signal: AbortSignal;
  /** Called after each photo with how many are done. */
  onPhoto?: ((done: number) => void) | undefined;
}

/**
 * Runs photos through a float graph and collects what layers see, at places drawn at random: as many rows
 * as they have values, at least 400.
 * @returns for each layer the moments of each of its groups.
 * @throws AppError 'cancelled', 'not-ready' without photos, what `Runtime.load` and `run` throw.
 */
export async function collectMoments(
  graph: Graph,
  layers: readonly ReadingLayer[],
  inputs: AsyncIterable<Float32Array>,
  runtime: Runtime,
  { photos, asStored = (input) => input, seed, signal, onPhoto }: CollectOptions,
): Promise<RowMoments[][]> {
  const moments = layers.map(({ rows }) =>
    Array.from({ length: rows.groups }, () => createRowMoments(rows.length)),
  );
  const computed = [...new Set(layers.map(({ input }) => input))].filter(
    (tensor) => !graph.inputs.includes(tensor),
  );
  const random = createRandom(seed);
  // A graph without outputs cannot be loaded: its own do where all layers read the input.
  const outputs = computed.length > 0 ? computed : graph.outputs;
  const model = await runtime.load(writeTflite({ ...graph, outputs, metadata: new Map() }));
  let done = 0;
  try {
    for await (const input of inputs) {
      const found = await model.run([input]);
      const stored = asStored(input);
      layers.forEach(({ input: tensor, rows }, layer) => {
        const values = graph.inputs.includes(tensor) ? stored : found[computed.indexOf(tensor)];
        if (!(values instanceof Float32Array)) return;
        const wanted = Math.ceil(Math.max(leastRows, rows.length) / photos);
        const row = new Float64Array(rows.groups * rows.length);
        for (const place of draw(rows.places, wanted, random.index)) {
          rows.read(values, place, row);
          moments[layer]?.forEach((group, at) => {
            group.add(row.subarray(at * rows.length, (at + 1) * rows.length));
          });
        }
      });
      done += 1;
      onPhoto?.(done);
      await nextTurn();
      throwIfCancelled(signal);
    }
  } finally {
    model.dispose();
  }
  if (done > 0) return moments;
  throw new AppError(
    'not-ready',
    'There are no photos to search the rounding of weights on.',
    'Label photos and train again, or relink the ones that are missing.',
  );
}

/** So many of 0..places-1, drawn with replacement; all of them where they are few. */
const draw = (places: number, wanted: number, index: (count: number) => number): number[] =>
  Array.from({ length: Math.min(places, wanted) }, (_, at) =>
    places <= wanted ? at : index(places),
  );
