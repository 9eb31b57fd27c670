import { readModelJson } from '@main/engine/graph/from-tfjs/model-json';
import { convertLayersModel } from '@main/engine/graph/from-tfjs/convert-layers-model';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  drawWeights,
  type SavedJson,
  type SavedModel,
  saveModel,
} from '../../../../../fixtures/layers-models';
import { type Bench, convert, differenceOf, openBench } from './against-tfjs';

let bench: Bench;
let model: LayersModel;
let saved: SavedModel;
beforeAll(async () => {
  bench = await openBench();
  const { layers: tfl } = bench.peer;
  const image = tfl.input({ shape: [8, 8, 3], name: 'image' });
  const { layers } = tfl;
  const first = layers.separableConv2d({ filters: 4, kernelSize: 3, name: 'first' }).apply(image);
  const clipped = layers.activation({ activation: 'relu6', name: 'clip' }).apply(first);
  const other = layers.conv2d({ filters: 4, kernelSize: 3, name: 'other' }).apply(image);
  const sum = layers.add({ name: 'sum' }).apply([clipped, other] as never);
  const each = layers.depthwiseConv2d({ kernelSize: 3, name: 'each' }).apply(sum);
  const flat = layers.flatten({ name: 'flat' }).apply(each);
  const answers = layers.dense({ units: 3, activation: 'softmax', name: 'answers' }).apply(flat);
  model = tfl.model({ inputs: image, outputs: answers as never, name: 'net' });
  drawWeights(bench.peer, model, 4);
  saved = await saveModel(bench.peer, model);
});
afterAll(() => bench.runtime.dispose());

interface Layer {
  name: string;
  class_name: string;
  config: Record<string, unknown>;
  inbound_nodes: [string, number, number, unknown][][] | unknown[];
}

/** A copy of what was saved, for a test to write otherwise. */
function copy() {
  const json = structuredClone(saved.json);
  const { config } = json.modelTopology as {
    config: Record<string, unknown> & { layers: Layer[] };
  };
  return { json, config, layers: config.layers, weights: json.weightsManifest[0]?.weights ?? [] };
}

async function expectAlike(json: SavedJson, weights = saved.weights) {
  const { graph, changes } = convert({ json, weights });
  expect(await differenceOf(bench, model, graph)).toBeLessThan(1e-5);
  return changes[0]?.description;
}

describe('the same network opens', () => {
  it('as Keras saves it whole, with how it was trained', async () => {
    const { json } = copy();
    const { modelTopology } = json;
    json.modelTopology = {
      model_config: modelTopology,
      keras_version: '2.4.0',
      training_config: {},
    };
    await expectAlike(json);
  });

  it('as Keras 3 writes it: calls with arguments, functions as objects, other names', async () => {
    const { json, config, layers, weights } = copy();
    for (const layer of layers) {
      const calls = layer.inbound_nodes as [string, number, number, unknown][][];
      layer.inbound_nodes = calls.map((sources) => {
        const tensors = sources.map((source) => ({
          class_name: '__keras_tensor__',
          config: { shape: [null], dtype: 'float32', keras_history: source.slice(0, 3) },
        }));
        return { args: tensors.length > 1 ? [tensors] : tensors, kwargs: {} };
      });
      const { config: own } = layer;
      if ('batch_input_shape' in own) {
        own['batch_shape'] = own['batch_input_shape'];
        delete own['batch_input_shape'];
      }
      if (own['activation'] === 'relu6') {
        own['activation'] = { module: 'builtins', class_name: 'function', config: 'relu6' };
      }
      own['dtype'] = { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' } };
      if (own['groups'] === undefined && layer.class_name === 'Conv2D') own['groups'] = 1;
    }
    for (const weight of weights) {
      weight.name = `net_1/${weight.name}`.replace('each/depthwise_kernel', 'each/kernel');
    }
    json.modelTopology['class_name'] = 'Functional';
    [config['input_layers'], config['output_layers']] = [
      ['image', 0, 0],
      ['answers', 0, 0],
    ];
    await expectAlike(json);
  });

  it('with further names before its weights, or between layer and weight', async () => {
    const { json, weights } = copy();
    weights.forEach((weight, index) => {
      const [layer = '', name = ''] = weight.name.split('/');
      weight.name = index % 2 === 0 ? `net/${layer}/${name}` : `${layer}/inner/${name}`;
    });
    await expectAlike(json);
  });

  it('with layers in any order', async () => {
    const { json, config, layers } = copy();
    config.layers = layers.toReversed();
    await expectAlike(json);
  });

  it('with the weights of the optimizer beside its own', async () => {
    const { json, weights } = copy();
    const [first] = weights;
    if (!first) throw new Error('The network has weights');
    weights.push({ ...first, group: 'optimizer' } as typeof first);
    const bytes = 4 * first.shape.reduce((product, size) => product * size, 1);
    await expectAlike(json, Uint8Array.of(...saved.weights, ...new Uint8Array(bytes)));
  });

  it('with a size of its own where it takes any: that of metadata.json', async () => {
    const { json, layers } = copy();
    const [image] = layers;
    if (image) image.config['batch_input_shape'] = [null, null, null, 3];
    const read = { ...readModelJson(JSON.stringify(json), 'm.json'), weights: [saved.weights] };
    const { graph } = convertLayersModel({ ...read, imageSize: 8 });
    expect(await differenceOf(bench, model, graph)).toBeLessThan(1e-5);
    expect(() => convertLayersModel(read)).toThrow('it takes pictures of any size');
  });
});

describe('weights that are stored small', () => {
  /** Stores all weights as `convert` says, and gives TensorFlow.js the same values. */
  async function storeSmall(
    dtype: 'uint8' | 'uint16' | 'float16',
    encode: (values: Float32Array) => { bytes: Uint8Array; quantization: Record<string, unknown> },
  ) {
    const { json, weights } = copy();
    const parts: Uint8Array[] = [];
    let at = 0;
    for (const weight of weights) {
      const count = weight.shape.reduce((product, size) => product * size, 1);
      const values = new Float32Array(saved.weights.slice(at, at + 4 * count).buffer);
      at += 4 * count;
      const { bytes, quantization } = encode(values);
      weight.quantization = { dtype, original_dtype: 'float32', ...quantization };
      parts.push(bytes);
    }
    const stored = new Uint8Array(await new Blob(parts).arrayBuffer());
    const { tf } = bench.peer;
    const decoded = tf.io.decodeWeights(stored.slice().buffer, weights as never);
    model.setWeights(model.weights.map(({ originalName }) => decoded[originalName]!));
    return expectAlike(json, stored);
  }

  it.each([
    ['uint8', 255, Uint8Array],
    ['uint16', 65535, Uint16Array],
  ] as const)('%s: scale and least value', async (dtype, steps, Codes) => {
    const description = await storeSmall(dtype, (values) => {
      const min = Math.min(...values);
      const scale = (Math.max(...values) - min) / steps || 1;
      const codes = new Codes(values.map((value) => Math.round((value - min) / scale)));
      return { bytes: new Uint8Array(codes.buffer), quantization: { min, scale } };
    });
    expect(description).toBe(
      `Made 9 operators of 7 TensorFlow.js layers, widened weights of ${dtype}`,
    );
  });

  it('float16', async () => {
    const { encodeHalves } = await import('@main/engine/graph/half-float');
    await storeSmall('float16', (values) => ({
      bytes: new Uint8Array(encodeHalves(values).buffer),
      quantization: {},
    }));
  });
});
