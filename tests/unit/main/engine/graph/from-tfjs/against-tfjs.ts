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

/** What TensorFlow.js answers to waves. */
export async function peerAnswer({ peer }: Bench, model: LayersModel): Promise<Float32Array> {
  const shape = shapeOf(model);
  return predict(peer, model, waves(elementsOf(shape)), shape);
}

/** What LiteRT answers to the same, of a graph as a file. */
export async function liteRtAnswer({ runtime }: Bench, graph: Graph): Promise<Float32Array> {
  const shape = graph.tensors[graph.inputs[0] ?? -1]?.shape ?? [];
  return answerOf(runtime, readTflite(writeTflite(graph)), waves(elementsOf(shape)));
}

/** The largest difference of an answer, of the largest answer where that is above 1. */
export function differenceBetween(expected: Float32Array, found: Float32Array): number {
  return largestDifference(expected, found) / Math.max(1, ...expected.map(Math.abs));
}

export const differenceOf = async (bench: Bench, model: LayersModel, graph: Graph) =>
  differenceBetween(await peerAnswer(bench, model), await liteRtAnswer(bench, graph));

function shapeOf(model: LayersModel): number[] {
  const [, ...sizes] = model.inputs[0]?.shape ?? [];
  return [1, ...sizes.map(Number)];
}

const elementsOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

/** Draws weights, saves, converts, and compares. */
export async function compare(bench: Bench, model: LayersModel, seed = 1) {
  drawWeights(bench.peer, model, seed);
  const saved = await saveModel(bench.peer, model);
  const converted = convert(saved);
  return { saved, ...converted, difference: await differenceOf(bench, model, converted.graph) };
}
