import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Graph } from '@main/engine/graph/graph';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { quantizeInt8 } from '@main/engine/quantization/quantize-int8';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { modelInputKey } from '@main/platform/cache-kinds';
import { createModelImport } from '@main/services/models/import-model';
import { openClassifier } from '@main/workers/open-classifier';
import type { TaskInput } from '@main/workers/tasks';
import type { ParsedInput } from '@shared/api/contract';
import { statedContractSchema } from '@shared/domain/model';
import { afterAll, describe, expect, it } from 'vitest';
import {
  createFakeDataset,
  createFakeVersion,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { createFakeJobs } from '../../../../fakes/fake-jobs';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createFakeProject } from '../../../../fakes/fake-project';
import { createPreprocessing } from '../../../../fakes/fake-model';
import {
  smallClassifier,
  smallLabels,
  smallPhotos,
  smallSize,
} from '../../../../fixtures/small-classifier';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());
const call = { signal: new AbortController().signal };
const normalization = { mean: 127, std: 128 };

type Stated = Partial<ParsedInput<'models.import'>['stated']>;

/** A project with these labels, and a folder in which a file was uploaded. */
function open(labels: string[], graph: Graph | string = smallClassifier(), { photos = 0 } = {}) {
  const asked: TaskInput<'open-classifier'>[] = [];
  const project = createFakeProject({
    'open-classifier': (input, context) => {
      keepPixels(input);
      asked.push(input);
      return openClassifier(input, { ...context, runtime: async () => runtime });
    },
  });
  const upload = join(project.folder, 'upload');
  mkdirSync(upload);
  const file = join(upload, 'rival.tflite');
  writeFileSync(file, typeof graph === 'string' ? graph : writeTflite(graph));
  const version = createFakeVersion(
    [...versionPhotos('test', 1, 2), ...versionPhotos('train', 11, photos)],
    { labels },
  );
  const dataset = createFakeDataset([version]);
  const drawn = smallPhotos(photos);
  /** Puts what a file says of its own input into the cache of photos: those have no files here. */
  const keepPixels = (input: TaskInput<'open-classifier'>) => {
    input.photos.forEach(({ sha256 }, index) => {
      const recipe = createPreprocessing({ width: smallSize, height: smallSize });
      const pixels = drawn[index] ?? new Uint8Array();
      project.context.cache.put('input', modelInputKey(sha256, recipe), pixels);
    });
  };
  const discarded: string[] = [];
  const jobs = createFakeJobs();
  const models = createFakeModelLibrary(project.folder);
  const { handlers } = createModelImport({
    ...project,
    jobs,
    models,
    dataset,
    staging: {
      source: () => ({ paths: [upload], uploaded: true }),
      discard: async (id) => void discarded.push(id),
    },
  });
  async function start(stated: Stated = {}) {
    const parsed = statedContractSchema.parse(stated);
    await handlers['models.import']({ sourceId: 'upload-1', stated: parsed }, call);
  }
  return {
    asked,
    file,
    upload,
    models,
    discarded,
    jobs,
    start,
    async import(stated?: Stated) {
      await start(stated);
      return jobs.last().run();
    },
  };
}

/** The same classifier behind a MUL of its own. */
function withScaledPixels(): Graph {
  const graph = smallClassifier();
  const count = graph.tensors.length;
  const [input = -1] = graph.inputs;
  const shape = graph.tensors[input]?.shape ?? [];
  const half = new Uint8Array(Float32Array.of(0.5).buffer);
  return {
    ...graph,
    tensors: [
      ...graph.tensors,
      { name: 'half', shape: [1], type: 'float32', data: half },
      { name: 'scaled', shape, type: 'float32' },
    ],
    operators: [
      {
        kind: 'MUL',
        name: 'scale',
        inputs: [input, count],
        outputs: [count + 1],
        options: { activation: 'none' },
      },
      ...graph.operators.map((operator) => ({
        ...operator,
        inputs: operator.inputs.map((index) => (index === input ? count + 1 : index)),
      })),
    ],
  };
}

describe('models.import', () => {
  it('takes a model in, its answers in the order of the project’s labels', async () => {
    const project = open(['gray', 'red', 'green', 'blue']);
    await project.import({ labels: ['Red ', 'green', 'blue', 'gray'], ...normalization });
    expect(project.models.get('model-1')).toMatchObject({
      name: 'rival',
      precision: 'float32',
      io: 'float32',
      versionId: 'version-1',
      provenance: { kind: 'imported', on: 'rival.tflite' },
      preprocessing: { width: 8, mean: [127, 127, 127], labels: ['gray', 'red', 'green', 'blue'] },
      imported: { fileName: 'rival.tflite', leftOut: [], proof: { pictures: 3 } },
    });
    const proof = project.models.get('model-1').imported?.proof;
    expect(proof?.largestDifference).toBeLessThan(1e-5);
    expect(project.discarded).toEqual(['upload-1']);
  });

  it('holds the copy against the file on photos of the project, none of the test split', async () => {
    const project = open(smallLabels, withScaledPixels(), { photos: 20 });
    await project.import({ labels: smallLabels, ...normalization });
    const ids = project.asked[0]?.photos.map(({ photoId }) => photoId);
    expect(ids).toEqual([11, 14, 17, 20, 23, 26]);
    const { imported } = project.models.get('model-1');
    expect(imported?.proof).toMatchObject({ pictures: 6, of: 'photos' });
    expect(imported?.proof.largestDifference).toBeLessThan(1e-5);
    expect(imported?.changes.map(({ pass }) => pass)).toContain('fold-into-next');
  });

  it('leaves out answers that the project has no labels for, and says so', async () => {
    const project = open(['blue', 'red']);
    await project.import({ labels: smallLabels, ...normalization });
    expect(project.models.get('model-1').imported?.leftOut).toEqual(['green', 'gray']);
    expect(project.jobs.last().log).toEqual([expect.stringContaining('2 of its answers')]);
  });

  it.each([
    ['labels', { ...normalization }, 'does not name its 4 answers'],
    ['as many labels', { labels: ['red', 'blue'], ...normalization }, '2 labels for 4 answers'],
    [
      'the project’s labels',
      { labels: ['a', 'b', 'c', 'd'], ...normalization },
      'does not tell red, green',
    ],
    [
      'labels that differ',
      { labels: ['red', 'Red', 'green', 'blue'], ...normalization },
      'does not tell gray',
    ],
    ['a normalization', { labels: smallLabels }, 'how the values of a picture are normalized'],
  ])('says what is missing: %s', async (_, stated, message) => {
    const project = open(smallLabels);
    await expect(project.import(stated)).rejects.toMatchObject({
      message: expect.stringContaining(message),
      remedy: expect.any(String),
    });
    expect(project.models.list()).toEqual([]);
    expect(existsSync(project.models.temporaryFile('model-1'))).toBe(false);
    expect(project.discarded).toEqual(['upload-1']);
  });

  it('refuses a label that stands for two answers', async () => {
    const project = open(['red', 'green']);
    const labels = ['red', 'RED', 'green', 'gray'];
    await expect(project.import({ labels, ...normalization })).rejects.toMatchObject({
      message: expect.stringContaining('red more than once'),
    });
  });

  it('takes no normalization for an integer input, whose scale says it', async () => {
    const graph = smallClassifier();
    const ranges = new Map(
      graph.operators.flatMap(({ outputs }) =>
        outputs.map((tensor) => [tensor, { min: -6, max: 6 }]),
      ),
    );
    const int8 = quantizeInt8(graph, ranges, {
      normalization: { mean: [127, 127, 127], std: [128, 128, 128] },
      io: 'uint8',
    });
    const stated = { labels: smallLabels, ...normalization };
    await expect(open(smallLabels, int8.graph).import(stated)).rejects.toMatchObject({
      message: expect.stringContaining('scale and zero point'),
    });
    const project = open(smallLabels, int8.graph);
    await project.import({ labels: smallLabels });
    expect(project.models.get('model-1')).toMatchObject({
      precision: 'int8',
      io: 'uint8',
      preprocessing: { mean: [127, 127, 127], std: [128, 128, 128] },
    });
  });

  it('refuses what is no model, no classifier, or not there', async () => {
    const noModel = open(smallLabels, 'no model');
    await expect(noModel.import(normalization)).rejects.toMatchObject({ code: 'model-unreadable' });
    const graph = smallClassifier();
    const two = { ...graph, outputs: [...graph.outputs, graph.operators[0]?.outputs[0] ?? 0] };
    await expect(open(smallLabels, two).import(normalization)).rejects.toMatchObject({
      message: expect.stringContaining('2 outputs'),
    });
    const project = open(smallLabels);
    writeFileSync(join(project.upload, 'second.lite'), 'x');
    await expect(project.import()).rejects.toMatchObject({
      message: 'There are 2 files that could be the model.',
    });
  });

  it('refuses answers that are no probabilities', async () => {
    const graph = smallClassifier();
    const logits = graph.operators.at(-2)?.outputs[0] ?? -1;
    const project = open(smallLabels, {
      ...graph,
      operators: graph.operators.slice(0, -1),
      outputs: [logits],
    });
    await expect(project.import({ labels: smallLabels, ...normalization })).rejects.toMatchObject({
      message: expect.stringContaining('no probabilities'),
    });
  });

  it('leaves nothing when it is cancelled', async () => {
    const project = open(smallLabels);
    await project.start({ labels: smallLabels, ...normalization });
    const running = project.jobs.last().run();
    project.jobs.last().cancel();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(project.models.list()).toEqual([]);
  });
});
