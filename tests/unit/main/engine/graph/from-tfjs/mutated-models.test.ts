import { findFault } from '@main/engine/graph/check-graph';
import type { Graph } from '@main/engine/graph/graph';
import { convertLayersModel } from '@main/engine/graph/from-tfjs/convert-layers-model';
import { readModelJson } from '@main/engine/graph/from-tfjs/model-json';
import { requireModestWeights } from '@main/engine/graph/from-tfjs/weights-manifest';
import { simplifyOpened } from '@main/engine/graph/simplify-opened';
import { AppError } from '@shared/api/errors';
import { createRandom } from '@shared/domain/random';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  drawWeights,
  type SavedJson,
  type SavedModel,
  saveModel,
} from '../../../../../fixtures/layers-models';
import { mutateJson } from '../../../../../fixtures/mutated-json';
import { mutations } from '../../../../../fixtures/mutated-tflite/mutations';
import { type Bench, differenceBetween, liteRtAnswer, openBench, peerAnswer } from './against-tfjs';

let bench: Bench;
let saved: SavedModel;
beforeAll(async () => {
  bench = await openBench();
  const model = network(bench);
  drawWeights(bench.peer, model, 6);
  saved = await saveModel(bench.peer, model);
});
afterAll(() => bench.runtime.dispose());

/** Something of everything, small. */
function network({ peer: { layers: tfl } }: Bench): LayersModel {
  const { layers } = tfl;
  const image = tfl.input({ shape: [9, 8, 3], name: 'image' });
  const padded = layers.zeroPadding2d({ padding: 1, name: 'pad' }).apply(image);
  const first = layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, name: 'conv' });
  const normalized = layers.batchNormalization({ name: 'bn' }).apply(first.apply(padded));
  const clipped = layers.reLU({ maxValue: 6, name: 'clip' }).apply(normalized);
  const depthwise = layers
    .depthwiseConv2d({ kernelSize: 3, padding: 'same', activation: 'relu', name: 'depthwise' })
    .apply(clipped);
  const sum = layers.add({ name: 'sum' }).apply([clipped, depthwise] as never);
  const pooled = layers
    .averagePooling2d({ poolSize: 2, strides: 1, padding: 'same', name: 'pool' })
    .apply(sum);
  const row = layers.globalAveragePooling2d({ name: 'average' }).apply(pooled);
  const dropped = layers.dropout({ rate: 0.3, name: 'drop' }).apply(row);
  const answers = layers.dense({ units: 3, activation: 'softmax', name: 'answers' }).apply(dropped);
  return tfl.model({ inputs: image, outputs: answers as never, name: 'net' });
}

/** The graph of a model, or undefined where it is refused with a sentence and what to do. */
function open(json: string, weights: Uint8Array): Graph | undefined {
  try {
    const read = readModelJson(json, 'model.json');
    requireModestWeights(read.manifest);
    const { graph } = convertLayersModel({ ...read, weights: [weights] });
    // What opens is sound, and can be simplified like any file.
    expect(findFault(graph)).toBeUndefined();
    expect(findFault(simplifyOpened(graph).graph)).toBeUndefined();
    return graph;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toMatch(/^model-(unreadable|unsupported)$/);
    expect(error.message.length).toBeGreaterThan(20);
    expect(error.remedy).toBeTruthy();
    return undefined;
  }
}

/**
 * What the same model answers in TensorFlow.js; undefined where it refuses it, too, and where layers are
 * wired otherwise: TensorFlow.js waits forever for an answer that no layer gives.
 */
async function answerOfPeer(json: SavedJson): Promise<Float32Array | undefined> {
  const { tf, layers } = bench.peer;
  if (wiringOf(json) !== wiringOf(saved.json)) return undefined;
  const { modelTopology, weightsManifest } = json;
  const weightSpecs = weightsManifest[0]?.weights as never;
  const weightData = saved.weights.slice().buffer;
  try {
    const files = tf.io.fromMemory({ modelTopology, weightSpecs, weightData });
    const model = await layers.loadLayersModel(files);
    const answer = await peerAnswer(bench, model);
    model.dispose();
    return answer;
  } catch {
    return undefined;
  }
}

const wiringOf = (json: SavedJson): string =>
  JSON.stringify(json, (key, value: unknown) =>
    /^(modelTopology|config|layers|name|inbound_nodes|input_layers|output_layers|\d*)$/.test(key)
      ? value
      : undefined,
  );

it('500 changed networks are refused, or answer as in TensorFlow.js where that takes them', async () => {
  let [opened, compared] = [0, 0];
  for (let seed = 1; seed <= 500; seed += 1) {
    const json = mutateJson(saved.json, createRandom(seed)) as SavedJson;
    const graph = open(JSON.stringify(json), saved.weights);
    if (!graph) continue;
    opened += 1;
    const found = await liteRtAnswer(bench, graph);
    const expected = await answerOfPeer(json);
    if (!expected) continue;
    compared += 1;
    expect(differenceBetween(expected, found), `seed ${seed}`).toBeLessThan(1e-5);
  }
  expect(opened).toBeGreaterThan(50);
  expect(opened).toBeLessThan(450);
  expect(compared).toBeGreaterThan(30);
});

it('400 files with flipped bits, or cut short, are refused or open', () => {
  const file = new TextEncoder().encode(JSON.stringify(saved.json));
  let opened = 0;
  for (let seed = 1; seed <= 400; seed += 1) {
    const random = createRandom(seed);
    const spoil = mutations[seed % 4 === 0 ? 'cut short' : 'flipped bits'];
    const isJson = seed % 3 !== 0;
    const json = new TextDecoder().decode(isJson ? spoil(file, random) : file);
    if (open(json, isJson ? saved.weights : spoil(saved.weights, random))) opened += 1;
  }
  expect(opened).toBeGreaterThan(20);
  expect(opened).toBeLessThan(380);
});
