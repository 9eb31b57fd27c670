import { convertLayersModel } from '@main/engine/graph/from-tfjs/convert-layers-model';
import { readModelJson } from '@main/engine/graph/from-tfjs/model-json';
import { partsOfPath, requireModestWeights } from '@main/engine/graph/from-tfjs/weights-manifest';
import { AppError } from '@shared/api/errors';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  drawWeights,
  openLayersPeer,
  type SavedJson,
  type SavedModel,
  saveModel,
} from '../../../../../fixtures/layers-models';
import { teachableModel } from '../../../../../fixtures/mobile-net';

let saved: SavedModel;
beforeAll(async () => {
  const peer = await openLayersPeer();
  const model = teachableModel(peer, 3, 32);
  drawWeights(peer, model, 1);
  saved = await saveModel(peer, model);
});

interface Layer {
  name?: string;
  class_name: string;
  config: Record<string, unknown> & { layers: Layer[]; name: string };
  inbound_nodes: [string, number, number, unknown][][];
}

/** A copy, the layers of its innermost network, its head and its weights. */
function copy() {
  const json = structuredClone(saved.json);
  const root = json.modelTopology as unknown as Layer;
  const [truncated, head] = root.config.layers;
  const network = truncated?.config.layers[0];
  if (!network || !head) throw new Error('The network has a head');
  const layer = (name: string): Layer => {
    const found = network.config.layers.find((one) => one.name === name);
    if (!found) throw new Error(`There is no layer ${name}`);
    return found;
  };
  const weights = json.weightsManifest[0]?.weights ?? [];
  const weight = (name: string) => {
    const found = weights.find((one) => one.name === name);
    if (!found) throw new Error(`There is no weight ${name}`);
    return found;
  };
  return { json, root, network, head, layer, weights, weight };
}

function refusalOf(json: SavedJson | string, bytes = saved.weights): AppError {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  try {
    convertLayersModel({ ...readModelJson(text, 'model.json'), weights: [bytes] });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It opened');
}

type Copy = ReturnType<typeof copy>;

describe('what the studio can’t convert is named', () => {
  it.each<[string, (copied: Copy) => void, string]>([
    [
      'a kind of layer',
      ({ layer }) => (layer('block_1_project').class_name = 'Lambda'),
      'layer block_1_project (Lambda): layers of this kind are not supported',
    ],
    [
      'channels first',
      ({ layer }) => (layer('Conv1').config['data_format'] = 'channels_first'),
      'layer Conv1 (Conv2D): its data_format is channels_first',
    ],
    [
      'groups',
      ({ layer }) => (layer('Conv1').config['groups'] = 2),
      'layer Conv1 (Conv2D): its channels are convolved in groups',
    ],
    [
      'an activation',
      ({ head }) => ((head.config.layers[0] as Layer).config['activation'] = 'selu'),
      'dense_Dense1 (Dense): its activation selu has no counterpart',
    ],
    [
      'a normalized axis that is not the channels',
      ({ layer }) => (layer('bn_Conv1').config['axis'] = [1]),
      'it normalizes axis 1, not the channels',
    ],
    [
      'several inputs',
      ({ network }) =>
        (network.config['input_layers'] = [
          ['input_1', 0, 0],
          ['Conv1', 0, 0],
        ]),
      'takes 2 inputs, an image classifier one',
    ],
    [
      'integers as input',
      ({ layer }) => (layer('input_1').config['dtype'] = 'int32'),
      'it takes int32 values',
    ],
    [
      'a picture of any size',
      ({ layer }) => (layer('input_1').config['batch_input_shape'] = [null, null, null, 3]),
      'it takes pictures of any size',
    ],
    [
      'a row instead of a picture',
      ({ layer }) => (layer('input_1').config['batch_input_shape'] = [null, 14739]),
      'it takes [any, 14739], not one picture',
    ],
    [
      'a huge picture',
      ({ layer }) => (layer('input_1').config['batch_input_shape'] = [null, 1e6, 1e6, 3]),
      'its input would make [1, 1000000, 1000000, 3] values, which is too many',
    ],
    [
      'a huge padding',
      ({ layer }) => (layer('Conv1_pad').config['padding'] = 90000),
      'layer Conv1_pad (ZeroPadding2D) would make',
    ],
    [
      'a window larger than its map',
      ({ layer }) =>
        Object.assign(layer('Conv1_pad'), {
          class_name: 'MaxPooling2D',
          config: { name: 'pool', pool_size: [99, 99], strides: [1, 1] },
        }),
      'layer Conv1_pad (MaxPooling2D) would make [1, -66, -66, 3] values, which is nothing',
    ],
    [
      'another kind of model',
      ({ root }) => (root.class_name = 'MyModel'),
      'its network is a MyModel',
    ],
    ['a graph model', ({ json }) => (json.format = 'graph-model'), 'it is a graph model'],
    [
      'a network that is used twice',
      ({ network, layer }) => {
        const [sources] = layer('Conv1').inbound_nodes;
        if (sources) network.inbound_nodes = [sources, sources];
        network.config.layers.push({ ...structuredClone(network), name: 'inside' });
        layer('out_relu').inbound_nodes = [[['inside', 1, 0, {}]]];
      },
      'layer inside (Model): it is used 2 times',
    ],
  ])('%s', (_, change, message) => {
    const copied = copy();
    change(copied);
    const refusal = refusalOf(copied.json);
    expect(refusal).toMatchObject({ code: 'model-unsupported', remedy: expect.any(String) });
    expect(refusal.message).toContain(message);
  });
});

describe('files that contradict each other are refused', () => {
  it.each<[string, (copied: Copy) => void, string]>([
    [
      'a layer that waits for itself',
      ({ layer }) => (layer('Conv1').inbound_nodes = [[['out_relu', 0, 0, {}]]]),
      'waits for its own answer',
    ],
    [
      'a layer that is not there',
      ({ layer }) => (layer('Conv1').inbound_nodes = [[['nobody', 0, 0, {}]]]),
      'takes an answer that no layer gives',
    ],
    [
      'two layers of one name',
      ({ layer }) => (layer('bn_Conv1').name = 'Conv1'),
      'it has two layers of the name Conv1',
    ],
    [
      'a weight that is missing',
      ({ weight }) => (weight('Conv1/kernel').name = 'Conv2/kernel'),
      'the weight kernel of layer Conv1 (Conv2D) is missing',
    ],
    [
      'a weight of another shape',
      ({ weight }) => weight('Conv1/kernel').shape.reverse(),
      'the weight Conv1/kernel is [8, 3, 3, 3], but layer Conv1 (Conv2D) needs [3, 3, 3, 8]',
    ],
    [
      'two weights of one name',
      ({ weight }) => (weight('bn_Conv1/gamma').name = 'bn_Conv1/beta'),
      'it has two weights named bn_Conv1/beta',
    ],
    [
      'a weight that two layers take',
      ({ head }) => (head.config.layers[0] as Layer).config.name === 'dense_Dense1' && twin(head),
      'two layers are named dense_Dense1, and both take',
    ],
    [
      'a weight that its layer does not take',
      ({ layer }) => (layer('bn_Conv1').config['center'] = false),
      'its layers do not use all of their weights, bn_Conv1/beta',
    ],
    [
      'more bytes told than there are',
      ({ weight }) => weight('Conv1/kernel').shape.push(2),
      'bytes, but model.json tells of',
    ],
    [
      'a setting that is none',
      ({ layer }) => (layer('Conv1').config['strides'] = [0, 2]),
      'The setting strides.0 of layer Conv1 (Conv2D) is not one that is understood',
    ],
    [
      'no network',
      ({ json }) => Reflect.deleteProperty(json, 'modelTopology'),
      'model.json is no TensorFlow.js model',
    ],
    [
      'no manifest',
      ({ json }) => Reflect.deleteProperty(json, 'weightsManifest'),
      'model.json does not say where its weights are',
    ],
  ])('%s', (_, change, message) => {
    const copied = copy();
    change(copied);
    const refusal = refusalOf(copied.json);
    expect(refusal).toMatchObject({ code: 'model-unreadable', remedy: expect.any(String) });
    expect(refusal.message).toContain(message);
  });

  it('a file of weights that is cut short', () => {
    const short = saved.weights.subarray(0, saved.weights.length - 1);
    expect(refusalOf(saved.json, short).message).toMatch(
      /^The weights in \.\/model\.weights\.bin have [\d,]+ bytes, but model\.json tells of [\d,]+\.$/,
    );
  });

  it('what is no JSON', () => {
    expect(refusalOf('{"modelTopology": {')).toMatchObject({ code: 'model-unreadable' });
    expect(refusalOf('[1]')).toMatchObject({ code: 'model-unreadable' });
  });

  it('lists inside lists without end', () => {
    const deep = `{"modelTopology":${'{"class_name":"Sequential","config":{"layers":['.repeat(4000)}`;
    expect(refusalOf(deep).code).toBe('model-unreadable');
    const closed = deep + ']}}'.repeat(4000) + ',"weightsManifest":[]}';
    expect(refusalOf(closed)).toMatchObject({
      code: 'model-unsupported',
      message: expect.stringContaining('inside each other'),
    });
  });

  it('a network of very many layers', () => {
    const layer = { class_name: 'Dropout', config: { name: 'd', rate: 0.1 } };
    const layers = Array.from({ length: 10_001 }, () => layer);
    const modelTopology = { class_name: 'Sequential', config: { name: 's', layers } };
    const many = JSON.stringify({ modelTopology, weightsManifest: [] });
    expect(refusalOf(many).message).toContain('more than 10000 layers');
  });
});

/** A second layer of the same name in another network. */
function twin(head: Layer): void {
  const [first, second] = head.config.layers;
  if (!first || !second) throw new Error('The head has two layers');
  const inner = {
    class_name: 'Sequential',
    config: { name: 'inner', layers: [{ ...first, config: { ...first.config, units: 20 } }] },
  };
  head.config.layers = [
    first,
    { class_name: 'Reshape', config: { name: 'r', target_shape: [20] } },
    inner,
    second,
  ] as Layer[];
  first.config['units'] = 20;
}

it('paths that lead away from the model are refused', () => {
  for (const path of [
    '../weights.bin',
    '/etc/passwd',
    'a/../../b',
    'C:\\w.bin',
    'a\\b',
    'a//b',
    '',
    '.',
  ]) {
    expect(() => partsOfPath(path), path).toThrow('does not lie beside it');
  }
  expect(partsOfPath('./group1-shard1of1.bin')).toEqual(['group1-shard1of1.bin']);
  expect(partsOfPath('shards/1.bin')).toEqual(['shards', '1.bin']);
});

it('more weights than any network for phones has are refused before a byte is read', () => {
  const weights = [{ name: 'a/kernel', shape: [20_000, 10_000], dtype: 'float32' as const }];
  expect(() => requireModestWeights([{ paths: ['w.bin'], weights }])).toThrow(
    'more than 150 million weights',
  );
});
