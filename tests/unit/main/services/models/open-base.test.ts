import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { classActivation } from '@main/engine/graph/class-activation';
import { readMetadata } from '@main/engine/graph/model-metadata';
import { readTflite } from '@main/engine/graph/read-tflite';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { createModelLibrary } from '@main/services/models/model-library';
import { createBaseOpening } from '@main/services/models/open-base';
import { createBackbones } from '@main/services/training/backbones';
import { createBases } from '@main/services/training/bases';
import { createTrainingService } from '@main/services/training/training-service';
import { extractFeatures } from '@main/workers/extract-features';
import { openBase } from '@main/workers/open-base';
import type { TaskContext } from '@main/workers/task-context';
import { trainClassifier } from '@main/workers/train-classifier';
import type { TaskName } from '@main/workers/tasks';
import type { ParsedInput } from '@shared/api/contract';
import { trainingSettingsSchema } from '@shared/domain/model';
import { afterAll, describe, expect, it } from 'vitest';
import {
  createFakeDataset,
  createFakeVersion,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { createFakeJobs } from '../../../../fakes/fake-jobs';
import { createFakeProject } from '../../../../fakes/fake-project';
import { cacheSmallPhotos } from '../../../../fixtures/small-backbone';
import { smallClassifier } from '../../../../fixtures/small-classifier';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());
const call = { signal: new AbortController().signal };
const stated = { mean: 127, std: 128 };

/** A project of three labels, none of which the classifier knows, with real files around it. */
function setUp() {
  const lend = <Name extends TaskName>(context: TaskContext<Name>): TaskContext<Name> => ({
    ...context,
    runtime: () => Promise.resolve(runtime),
  });
  const project = createFakeProject({
    'open-base': (input, context) => openBase(input, lend(context)),
    'extract-features': (input, context) => extractFeatures(input, lend(context)),
    'train-classifier': (input, context) => trainClassifier(input, lend(context)),
  });
  const { context, folder } = project;
  const open = () => createBackbones(join(folder, 'resources'), context.basesFolder);
  const backbones = open();
  const jobs = createFakeJobs();
  const { models } = createModelLibrary(context);
  const { bases, handlers } = createBases({ context, backbones });
  const dataset = createFakeDataset([createFakeVersion([], { labels: ['one', 'two', 'three'] })]);
  const upload = join(folder, 'upload');
  mkdirSync(upload);
  const discarded: string[] = [];
  const opening = createBaseOpening({
    ...{ context, jobs, dataset, backbones, bases },
    staging: {
      source: () => ({ paths: [upload], uploaded: true }),
      discard: async (id) => void discarded.push(id),
    },
  });
  async function start(said: ParsedInput<'bases.open'>['stated'] = stated) {
    writeFileSync(join(upload, 'Their Net.v2.tflite'), writeTflite(smallClassifier()));
    await opening.handlers['bases.open']({ sourceId: 'upload-1', stated: said }, call);
    return jobs.last();
  }
  return {
    ...{ project, context, backbones, jobs, models, discarded },
    reopened: () => open().list(),
    remove: (name: string) => handlers['bases.remove']({ name }, call),
    start,
    /** The name that it is trained on by. */
    async open(...asked: Parameters<typeof start>): Promise<string> {
      return (await (await start(...asked)).run())['backbone'] ?? '';
    },
  };
}

describe('bases.open', () => {
  it('keeps a base by a name that its hash is part of, also when the project is opened again', async () => {
    const studio = setUp();
    const name = await studio.open();
    const base = studio.backbones.get(name);
    expect(name).toBe(`their-net-v2-${base.sha256.slice(0, 8)}`);
    expect(base).toMatchObject({
      title: 'Their Net.v2',
      featureWidth: 8,
      opened: { fileName: 'Their Net.v2.tflite', license: '', proof: { of: 'drawn' } },
    });
    expect(studio.backbones.file(base)).toBe(join(studio.context.basesFolder, `${name}.tflite`));
    expect(studio.reopened()).toEqual([base]);
    expect(studio.project.events).toEqual(['bases.changed']);
    expect(studio.discarded).toEqual(['upload-1']);
  });

  it('holds one file with two normalizations for two bases, and the same twice for one', async () => {
    const studio = setUp();
    const names = [await studio.open(), await studio.open({ mean: 0, std: 255 })];
    expect(await studio.open()).toBe(names[0]);
    expect(
      studio.backbones
        .list()
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(['Their Net.v2', 'Their Net.v2 (2)']);
  });

  it('leaves nothing of a file that is refused, or of a cancelled opening', async () => {
    const studio = setUp();
    await expect(studio.open({})).rejects.toMatchObject({ code: 'bad-request' });
    const job = await studio.start();
    const running = job.run();
    job.cancel();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(studio.context.basesFolder)).toEqual([]);
    expect(studio.discarded).toEqual(['upload-1', 'upload-1']);
  });

  it('sweeps up what a program that was killed left', async () => {
    const studio = setUp();
    const name = await studio.open();
    const place = (file: string) => join(studio.context.basesFolder, file);
    for (const file of ['x.tflite.part', 'lonely-00000000.tflite']) writeFileSync(place(file), 'x');
    createBases(studio);
    expect(readdirSync(studio.context.basesFolder).toSorted()).toEqual([
      `${name}.json`,
      `${name}.tflite`,
    ]);
    expect(studio.project.log.lines.join()).toContain('lonely-00000000.tflite');
  });
});

describe('a model that was trained on an opened base', () => {
  async function train(studio: ReturnType<typeof setUp>, name: string) {
    const { context, jobs, models, backbones } = studio;
    const photos = cacheSmallPhotos(context.cache, backbones.get(name), 40);
    const dataset = createFakeDataset([
      createFakeVersion([...photos, ...versionPhotos('test', 1000, 6, 3)], {
        labels: ['one', 'two', 'three'],
      }),
    ]);
    const { handlers } = createTrainingService({
      ...{ context, jobs, dataset, models, backbones },
      fineTuning: { refuseIfImpossible: async () => undefined },
    });
    const settings = trainingSettingsSchema.parse({ backbone: name, epochs: 3 });
    await handlers['training.start']({ settings }, call);
    const { modelId = '' } = await jobs.last().run();
    return models.get(modelId);
  }

  it('says where its weights come from, and is whole without the base', async () => {
    const studio = setUp();
    const name = await studio.open();
    const model = await train(studio, name);
    expect(model).toMatchObject({
      name: 'Their Net.v2 · 3 classes',
      backbone: name,
      base: { fileName: 'Their Net.v2.tflite', license: '' },
      preprocessing: { labels: ['one', 'two', 'three'], mean: [127, 127, 127] },
    });
    await studio.remove(name);
    expect(readdirSync(studio.context.trashFolder)).toHaveLength(2);
    expect(studio.backbones.list()).toEqual([]);
    const file = studio.models.file(studio.models.get(model.id));
    expect(existsSync(file)).toBe(true);
    // What it looks at can be shown.
    expect(classActivation(readTflite(readFileSync(file)))).toMatchObject({ channels: 8 });
    expect(readMetadata(readFileSync(file)).license).toBe(
      'Pretrained weights: from Their Net.v2.tflite; their license is not known to Pocketlens Studio',
    );
    await expect(train(studio, name)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('has to be opened again when its file was damaged', async () => {
    const studio = setUp();
    const name = await studio.open();
    writeFileSync(join(studio.context.basesFolder, `${name}.tflite`), 'short');
    studio.backbones.reread();
    expect(() => studio.backbones.get(name)).toThrow(
      expect.objectContaining({ remedy: 'Open its model file again.' }),
    );
  });
});
