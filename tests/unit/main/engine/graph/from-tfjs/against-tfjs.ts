import { convertLayersModel } from '@main/engine/graph/from-tfjs/convert-layers-model';
import { readModelJson } from '@main/engine/graph/from-tfjs/model-json';
import type { Graph } from '@main/engine/graph/graph';
import { readTflite } from '@main/engine/graph/read-tflite';
import { writeTflite } from '@main/engine/graph/write-tflite';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  drawWeights,
  type LayersPeer,
  openLayersPeer,
  predict,
  type SavedModel,
  saveModel,
} from '../../../../../fixtures/layers-models';
import { answerOf, largestDifference, waves } from '../run-graph';

/** LiteRT on what the studio made of a model, and TensorFlow.js on the model. */
export interface Bench {
  peer: LayersPeer;
  runtime: Runtime;
}

export async function openBench(): Promise<Bench> {
  const [runtime, peer] = await Promise.all([createWasmRuntime(), openLayersPeer()]);
  return { runtime, peer };
}

export const convert = ({ json, weights }: SavedModel) =>
  convertLayersModel({
    ...readModelJson(JSON.stringify(json), 'model.json'),
    weights: [weights],
  });

/** The largest difference of an answer, of a graph as a file. */
export async function differenceOf(
  { runtime, peer }: Bench,
  model: LayersModel,
  graph: Graph,
): Promise<number> {
  const [, ...sizes] = model.inputs[0]?.shape ?? [];
  const shape = [1, ...sizes.map(Number)];
  const input = waves(shape.reduce((product, size) => product * size, 1));
  const expected = await predict(peer, model, input, shape);
  const found = await answerOf(runtime, readTflite(writeTflite(graph)), input);
  const largest = Math.max(1, ...expected.map(Math.abs));
  return largestDifference(expected, found) / largest;
}

/** Draws weights, saves, converts, and compares. */
export async function compare(bench: Bench, model: LayersModel, seed = 1) {
  drawWeights(bench.peer, model, seed);
  const saved = await saveModel(bench.peer, model);
  const converted = convert(saved);
  return { saved, ...converted, difference: await differenceOf(bench, model, converted.graph) };
}
