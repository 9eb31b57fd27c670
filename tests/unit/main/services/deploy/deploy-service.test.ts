import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createDeployService } from '@main/services/deploy/deploy-service';
import type { TaskImplementation } from '@main/workers/task-context';
import { AppError } from '@shared/api/errors';
import type { Comparison } from '@shared/domain/comparison';
import { preprocessingSchema } from '@shared/domain/preprocessing';
import {
  createFakeDataset,
  createFakeVersion,
  fakeSha256,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { createFakeHub } from '../../../../fakes/fake-devices';
import { createFakeJobs } from '../../../../fakes/fake-jobs';
import { createFakeModel, createPreprocessing } from '../../../../fakes/fake-model';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createFakeComparison } from '../../../../fakes/fake-comparison';
import { createFakeProject } from '../../../../fakes/fake-project';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

const signal = new AbortController().signal;

const floatModel = createFakeModel();
const int8Model = createFakeModel({
  id: 'model-2',
  name: 'Lite0 · int8',
  precision: 'int8',
  io: 'uint8',
  parentId: 'model-1',
  preprocessing: createPreprocessing({
    input: { type: 'uint8', scale: 0.0078125, zeroPoint: 128 },
    output: { type: 'uint8', scale: 0.00390625, zeroPoint: 0 },
  }),
});

/** Answers to the rendered photo as the two models would: 0.75 to 0.25, in their own types. */
const trace: TaskImplementation<'trace-photo'> = async ({ preprocessing, photo, cacheFile }) => {
  expect(readFileSync(photo.path, 'utf8')).toMatch(/^upright photo \d+$/);
  expect([photo.sha256, cacheFile], 'is no photo of the project').toEqual(['', undefined]);
  return {
    pixels: new Uint8Array(48).fill(255),
    firstStored: preprocessing.input.type === 'float32' ? [1, -0.9921875, 0] : [255, 1, 128],
    storedOutput: preprocessing.output.type === 'float32' ? [0.75, 0.25] : [192, 64],
    probabilities: [0.75, 0.25],
    runtime: 'Fake runtime 1.0',
  };
};

const render: TaskImplementation<'render-photo'> = async ({ path }) => ({
  jpeg: Buffer.from(`upright ${readFileSync(path, 'utf8')}`),
});

/** The hash under which a fake dataset knows the file, unless somebody wrote into it. */
const hash: TaskImplementation<'hash-files'> = async ({ paths }) => ({
  hashes: paths.map((path) => {
    const id = Number(basename(path, '.jpg'));
    return readFileSync(path, 'utf8') === `photo ${id}` ? fakeSha256(id) : 'f'.repeat(64);
  }),
});

/** As where the native library is. */
const twice: TaskImplementation<'cross-check'> = async ({ photos }) => {
  if (photos.length === 0) return {};
  expect(
    photos.map(({ photoId }) => photoId),
    'are test photos',
  ).toEqual([11, 12, 13, 14, 15, 16, 17, 18]);
  return {
    checked: {
      runtimes: ['Fake runtime 1.0', 'Other runtime 2.0'],
      photos: photos.length,
      sameLabel: photos.length,
      largestDifference: 0.00034567,
    },
  };
};

interface Setup {
  task?: typeof trace;
  checking?: typeof twice;
  rendering?: typeof render;
  comparison?: Comparison;
  generated?: boolean;
}

function open(setup: Setup = {}) {
  const {
    task = trace,
    checking = twice,
    rendering = render,
    comparison,
    generated = false,
  } = setup;
  const places = new Map<string, string>();
  const info = () => ({
    name: 'Seven *things*',
    folder: '/elsewhere',
    createdAt: '2026-01-01T00:00:00.000Z',
    generated,
  });
  const tasks = {
    'trace-photo': task,
    'render-photo': rendering,
    'hash-files': hash,
    'cross-check': checking,
  };
  const project = createFakeProject(tasks, { info });
  const jobs = createFakeJobs();
  const photos = [...versionPhotos('train', 1, 4), ...versionPhotos('test', 11, 8)];
  const dataset = createFakeDataset([createFakeVersion(photos)]);
  for (const [photoId, source] of dataset.files) {
    const path = join(project.folder, `${photoId}.jpg`);
    writeFileSync(path, `photo ${photoId}`);
    dataset.files.set(photoId, { ...source, path });
  }
  const models = createFakeModelLibrary(project.folder, [floatModel, int8Model]);
  for (const model of models.records) writeFileSync(models.file(model), `weights of ${model.id}`);
  const service = createDeployService({
    context: project.context,
    jobs,
    staging: {
      place(id) {
        const place = places.get(id);
        if (place === undefined) throw new AppError('not-found', 'There is no such place.');
        return place;
      },
    },
    dataset,
    models,
    comparisons: {
      get: () => {
        throw new AppError('not-found', 'The export asks for the newest one only.');
      },
      latestWith: () => comparison,
      testPhotos: () => ({ versionId: 'version-1', photos: [] }),
    },
    hub: createFakeHub(),
    report: (id, form) => Promise.resolve(`${form} of ${id}`),
  });
  const start = async (modelId: string, placeId?: string) =>
    service.handlers['deploy.exportModel'](
      { modelId, ...(placeId === undefined ? {} : { placeId }) },
      { signal },
    );
  return { project, jobs, dataset, models, service, start, places };
}

const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');

describe('deploy.exportModel into the project', () => {
  it('writes everything an app needs, and packs it', async () => {
    const { project, jobs, start, service } = open({ comparison: createFakeComparison() });
    await start('model-2');
    const result = await jobs.last().run();
    const folder = join(project.context.exportsFolder, 'export-1');
    expect(result).toEqual({ exportId: 'export-1', folder });
    const names = [
      'README.md',
      'example-input.rgb',
      'example.jpg',
      'labels.txt',
      'model-float32.preprocessing.json',
      'model-float32.tflite',
      'model-int8.preprocessing.json',
      'model-int8.tflite',
      'pocketlens-export.json',
      'report.html',
      'report.json',
    ];
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(read(folder, 'model-int8.tflite')).toBe('weights of model-2');
    expect(read(folder, 'model-float32.tflite')).toBe('weights of model-1');
    expect(read(folder, 'labels.txt')).toBe('banana\nhat\n');
    expect(read(folder, 'report.html')).toBe('html of comparison-1');
    expect(read(folder, 'example.jpg')).toBe('upright photo 11');
    const contract = preprocessingSchema.parse(
      JSON.parse(read(folder, 'model-int8.preprocessing.json')),
    );
    expect(contract).toEqual(int8Model.preprocessing);

    const archive = service.exportArchive('export-1');
    const files = unzipSync(readFileSync(archive ?? ''));
    expect(Object.keys(files).sort()).toEqual(names.map((name) => `lite0-int8/${name}`));
    expect(Buffer.from(files['lite0-int8/model-int8.tflite'] ?? []).toString()).toBe(
      'weights of model-2',
    );
  });

  it('numbers exports and gives out no other file', async () => {
    const { jobs, start, service } = open();
    await start('model-1');
    await jobs.last().run();
    expect(await jobs.last().run()).toMatchObject({ exportId: 'export-2' });
    expect(service.exportArchive('export-3')).toBeUndefined();
    expect(service.exportArchive('../project.sqlite')).toBeUndefined();
    expect(service.exportArchive('export-1/../export-1')).toBeUndefined();
  });

  it('leaves nothing behind when cancelled', async () => {
    const setup = open({
      task: (input, context) => {
        setup.jobs.last().cancel();
        return trace(input, context);
      },
    });
    await setup.start('model-2');
    await expect(setup.jobs.last().run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(setup.project.context.exportsFolder)).toEqual([]);
  });
});

describe('a file that two runtimes read differently', () => {
  const differing =
    (difference: number): typeof twice =>
    async () => ({
      checked: {
        runtimes: ['Fake runtime 1.0', 'Other runtime 2.0'],
        photos: 12,
        sameLabel: 3,
        largestDifference: difference,
      },
    });

  it.each([
    ['model-2', 0.9],
    ['model-1', 0.01],
    ['model-1', Number.NaN],
  ])('is not exported: %s by %d', async (modelId, difference) => {
    const { project, jobs, start } = open({ checking: differing(difference) });
    await start(modelId);
    await expect(jobs.last().run()).rejects.toMatchObject({
      code: 'model-broken',
      message: expect.stringContaining('on Other runtime 2.0 than on Fake runtime 1.0'),
    });
    expect(readdirSync(project.context.exportsFolder)).toEqual([]);
  });
});

describe('deploy.exportModel into a place', () => {
  it('replaces an earlier export, and nothing else', async () => {
    const { jobs, start, places } = open();
    const root = temporaryFolder();
    places.set('place-1', join(root, 'out'));
    places.set('place-2', root);
    await start('model-2', 'place-1');
    expect(await jobs.last().run()).toEqual({ folder: join(root, 'out') });
    await start('model-1', 'place-1');
    await jobs.last().run();
    expect(existsSync(join(root, 'out', 'model-int8.tflite'))).toBe(false);
    expect(existsSync(join(root, 'out', 'model-float32.tflite'))).toBe(true);

    mkdirSync(join(root, 'holiday'));
    await start('model-1', 'place-2');
    await expect(jobs.last().run()).rejects.toMatchObject({ code: 'not-writable' });
    expect(readdirSync(root).sort()).toEqual(['holiday', 'out']);
    await expect(start('model-1', 'place-9')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('README.md', () => {
  async function readmeOf(setup: Setup, modelId = 'model-2') {
    const { project, jobs, start, dataset, models } = open(setup);
    await start(modelId);
    return {
      dataset,
      models,
      jobs,
      text: async () => {
        await jobs.last().run();
        return read(join(project.context.exportsFolder, 'export-1'), 'README.md');
      },
    };
  }

  it('shows what went in and what came out, as the models said it', async () => {
    const text = await (await readmeOf({})).text();
    expect(text).toContain('`example.jpg` is “11.jpg”, labeled banana (a test photo');
    expect(text).toContain('    255, 255, 255   255, 255, 255');
    expect(text).toContain('    255, 1, 128\n');
    expect(text).toContain('    1, -0.992188, 0\n');
    expect(text).toContain('| banana | 0 | 192 | 0.7500 |\n| hat | 1 | 64 | 0.2500 |');
    expect(text).toContain('| banana | 0 | 0.7500 |\n| hat | 1 | 0.2500 |');
    expect(text).toContain('Fake runtime 1.0');
    expect(text).toContain('from the project “Seven \\*things\\*” on 2026-03-04');
    expect(text).toContain('was not compared');
  });

  it('has snippets with the contract’s own numbers', async () => {
    const int8 = await (await readmeOf({})).text();
    expect(int8).toContain('(real / 0.0078125f).roundToInt() + 128');
    expect(int8).toContain('0.00390625f * ((output.get().toInt() and 0xff) - 0)');
    expect(int8).toContain('UInt8(clamping: Int((real / 0.0078125).rounded()) + 128)');
    expect(int8).toContain('val MEAN = floatArrayOf(127.5f, 127.5f, 127.5f)');
    const float = await (await readmeOf({}, 'model-1')).text();
    expect(float).toContain('input.putFloat(real)');
    expect(float).toContain('output.getFloat()');
    expect(float).not.toContain('coerceIn');
  });

  it('carries the verdict, and says when pictures are generated', async () => {
    const comparison = createFakeComparison({ verdict: 'int8 is as good.' });
    const text = await (await readmeOf({ comparison, generated: true })).text();
    expect(text).toContain('int8 is as good.');
    expect(text).toContain('**Generated pictures.**');
  });

  it('tries another photo when one can’t be read, and does without when none can', async () => {
    const unreadable: typeof render = (input, context) =>
      basename(input.path) === '11.jpg'
        ? Promise.reject(new AppError('photo-unreadable', 'It is cut short.'))
        : render(input, context);
    const other = await readmeOf({ rendering: unreadable });
    writeFileSync(other.dataset.files.get(12)?.path ?? '', 'another photo');
    expect(await other.text()).toContain('`example.jpg` is “13.jpg”');
    expect(other.jobs.last().log).toEqual([
      '11.jpg can’t be the example: It is cut short.',
      '12.jpg can’t be the example: Its file is gone or was changed.',
    ]);

    const none = await readmeOf({});
    none.dataset.files.clear();
    expect(await none.text()).toContain('No photo of the project could be read');
    expect(none.jobs.last().log[0]).toContain('no worked example');
  });

  it('says what a second runtime answered, or that there was none', async () => {
    const both = await (await readmeOf({})).text();
    expect(both).toContain(
      '`model-int8.tflite`: on 8 photos, Fake runtime 1.0 and Other runtime 2.0 give the same label for 8; a probability differs by at most 0.00035.',
    );
    const one = await (await readmeOf({ checking: async () => ({}) })).text();
    expect(one).toContain('`model-int8.tflite`: run on one implementation of LiteRT only');
  });

  it('says when the float parent is gone', async () => {
    const setup = await readmeOf({});
    setup.models.records.shift();
    expect(await setup.text()).not.toContain('model-float32.tflite');
    expect(setup.jobs.last().log[0]).toContain('was removed');
  });

  it('fails on what is no photo’s fault', async () => {
    const setup = await readmeOf({
      task: () => Promise.reject(new AppError('model-broken', 'LiteRT refused it.')),
    });
    await expect(setup.text()).rejects.toMatchObject({ code: 'model-broken' });
  });
});
