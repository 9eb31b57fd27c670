import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTflite } from '@main/engine/graph/read-tflite';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { readOpenedModel } from '@main/workers/read-opened-model';
import { type Zippable, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  drawWeights,
  openLayersPeer,
  type SavedModel,
  saveModel,
} from '../../../fixtures/layers-models';
import { teachableModel } from '../../../fixtures/mobile-net';
import { smallClassifier } from '../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const { signal } = new AbortController();
const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** As Teachable Machine writes it. */
const metadata = {
  tfjsVersion: '1.7.4',
  tmVersion: '2.4.10',
  packageVersion: '0.8.4-alpha2',
  packageName: '@teachablemachine/image',
  timeStamp: '2026-05-01T10:00:00.000Z',
  userMetadata: {},
  modelName: 'tm-my-image-model',
  labels: ['whisk', 'grater', 'nothing'],
  imageSize: 32,
};

let saved: SavedModel;
beforeAll(async () => {
  const peer = await openLayersPeer();
  const model = teachableModel(peer, 3, 32);
  drawWeights(peer, model, 2);
  saved = await saveModel(peer, model);
});

/** The files of the model, those of `others` instead of or beside them. */
function filesOf(others: Record<string, Uint8Array | undefined> = {}): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array | undefined> = {
    'model.json': encode(saved.json),
    'model.weights.bin': saved.weights,
    'metadata.json': encode(metadata),
    ...others,
  };
  return Object.fromEntries(
    Object.entries(files).flatMap(([name, bytes]) => (bytes ? [[name, bytes]] : [])),
  );
}

/** @returns the path of model.json in a new folder. */
function folderOf(files: Record<string, Uint8Array>): string {
  const folder = temporaryFolder();
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return join(folder, 'model.json');
}

function archiveOf(files: Zippable): string {
  const path = join(temporaryFolder(), 'model.zip');
  writeFileSync(path, zipSync(files));
  return path;
}

/** All weights cut into pieces, as the converter writes them. */
function sharded(): Record<string, Uint8Array> {
  const json = structuredClone(saved.json);
  const third = Math.floor(saved.weights.length / 3) + 1;
  const paths = [1, 2, 3].map((number) => `group1-shard${number}of3.bin`);
  json.weightsManifest[0]!.paths = paths;
  const shards = paths.map((path, index) => [
    path,
    saved.weights.subarray(index * third, (index + 1) * third),
  ]);
  return { 'model.json': encode(json), ...Object.fromEntries(shards) };
}

describe('a TensorFlow.js model', () => {
  it('opens from its folder, with what metadata.json says', async () => {
    const opened = await readOpenedModel(folderOf(filesOf()), signal);
    expect(opened.metadata).toEqual({
      name: 'tm-my-image-model',
      labels: ['whisk', 'grater', 'nothing'],
      // Bytes / 127 - 1: not 127.5.
      normalization: { mean: [127], std: [127] },
    });
    expect(readTflite(opened.file).outputs).toHaveLength(1);
    const json = encode(saved.json);
    expect(opened.bytes).toBe(json.length + saved.weights.length);
    expect(opened.sha256).toBe(
      createHash('sha256').update(json).update(saved.weights).digest('hex'),
    );
  });

  it('opens from an archive, in a folder of its own or not, beside what systems add', async () => {
    const { file } = await readOpenedModel(folderOf(filesOf()), signal);
    const inside = Object.fromEntries(
      Object.entries(filesOf()).map(([name, bytes]) => [`my model/${name}`, bytes]),
    );
    const added = { '__MACOSX/my model/._model.json': Uint8Array.of(0), '.DS_Store': encode(1) };
    for (const files of [filesOf(), { ...inside, ...added }]) {
      const opened = await readOpenedModel(archiveOf(files), signal);
      expect(opened.file).toEqual(file);
      expect(opened.metadata?.labels).toEqual(metadata.labels);
    }
  });

  it('opens with its weights in several files', async () => {
    const whole = await readOpenedModel(folderOf(filesOf()), signal);
    expect((await readOpenedModel(folderOf(sharded()), signal)).file).toEqual(whole.file);
    expect((await readOpenedModel(archiveOf(sharded()), signal)).file).toEqual(whole.file);
  });

  it('goes without metadata.json, and by one of somebody else', async () => {
    const without = await readOpenedModel(
      folderOf(filesOf({ 'metadata.json': undefined })),
      signal,
    );
    // What TensorFlow.js called the network.
    expect(without.metadata).toEqual({ name: 'sequential_4' });
    const other = { labels: ['a', 'b', 'c'], imageSize: 'large', packageName: 'mine' };
    const opened = await readOpenedModel(
      folderOf(filesOf({ 'metadata.json': encode(other) })),
      signal,
    );
    expect(opened.metadata).toEqual({ name: 'sequential_4', labels: ['a', 'b', 'c'] });
  });
});

it('a .tflite file in an archive is that file', async () => {
  const file = writeTflite(smallClassifier());
  const archive = archiveOf({ 'model_unquant.tflite': file, 'labels.txt': encode('0 a') });
  expect(await readOpenedModel(archive, signal)).toMatchObject({ file, changes: [] });
});

describe('what is refused', () => {
  const refusalOf = (path: string) =>
    readOpenedModel(path, signal).then(
      () => Promise.reject(new Error('It opened')),
      (error: unknown) => error,
    );

  it('weights that are missing, by the names of their files', async () => {
    const some = sharded();
    delete some['group1-shard2of3.bin'];
    expect(await refusalOf(folderOf(some))).toMatchObject({
      code: 'model-unreadable',
      message: 'group1-shard2of3.bin is missing beside model.json.',
      remedy: expect.stringContaining('together with the files that hold its weights'),
    });
    expect(await refusalOf(archiveOf(some))).toMatchObject({
      message: 'group1-shard2of3.bin is missing beside model.json.',
    });
  });

  it('weights that are longer or shorter than told', async () => {
    for (const length of [saved.weights.length + 4, 7]) {
      const weights = new Uint8Array(length);
      expect(await refusalOf(folderOf(filesOf({ 'model.weights.bin': weights })))).toMatchObject({
        message: expect.stringContaining('but model.json tells of'),
      });
    }
  });

  it('a model.json of 1 GB, and weights of 3 GB, without reading them', async () => {
    const large = folderOf(filesOf());
    truncateSync(large, 1e9);
    expect(await refusalOf(large)).toMatchObject({
      message: expect.stringContaining('model.json has 1,000 MB'),
    });
    const path = folderOf(filesOf());
    truncateSync(join(path, '..', 'model.weights.bin'), 3e9);
    expect(await refusalOf(path)).toMatchObject({
      message: expect.stringContaining('3,000,000,000 bytes, but'),
    });
  });

  it('a manifest that leads out of its folder', async () => {
    const outside = join(temporaryFolder(), 'weights.bin');
    writeFileSync(outside, saved.weights);
    for (const path of [outside, `../${outside.split('/').at(-2) ?? ''}/weights.bin`]) {
      const json = structuredClone(saved.json);
      json.weightsManifest[0]!.paths = [path];
      expect(await refusalOf(folderOf(filesOf({ 'model.json': encode(json) })))).toMatchObject({
        message: expect.stringContaining('does not lie beside it'),
      });
    }
  });

  it('a device in place of weights', async () => {
    const path = folderOf(filesOf({ 'model.weights.bin': undefined }));
    symlinkSync('/dev/zero', join(path, '..', 'model.weights.bin'));
    expect(await refusalOf(path)).toMatchObject({
      message: 'model.weights.bin is missing beside model.json.',
    });
  });

  it('archives that are damaged, hold no model, or several', async () => {
    const damaged = archiveOf(filesOf());
    truncateSync(damaged, 5000);
    expect(await refusalOf(damaged)).toMatchObject({ code: 'model-unreadable' });
    expect(await refusalOf(archiveOf({ 'a.txt': encode(1) }))).toMatchObject({
      message: expect.stringContaining('There is no model in the archive'),
    });
    const two = { 'a.tflite': encode(1), 'b.tflite': encode(2) };
    expect(await refusalOf(archiveOf(two))).toMatchObject({
      message: 'There are 2 files in the archive that could be the model.',
    });
  });

  it('a metadata.json that is no JSON', async () => {
    const files = filesOf({ 'metadata.json': new TextEncoder().encode('{"labels": [') });
    expect(await refusalOf(folderOf(files))).toMatchObject({
      message: 'metadata.json is no sound JSON file.',
    });
  });

  it('what was cancelled', async () => {
    const aborted = AbortSignal.abort();
    await expect(readOpenedModel(folderOf(filesOf()), aborted)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
