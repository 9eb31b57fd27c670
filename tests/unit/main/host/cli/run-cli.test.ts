import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Handlers, ParsedInput } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import type { WatchState } from '@shared/api/watched-api';
import type { Label } from '@shared/domain/label';
import { describe, expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeStudio, type FakeStudioOptions } from '../../../../fakes/fake-studio';

const labels: Label[] = [
  { id: 1, name: 'banana', color: '#ffd43b', position: 0 },
  { id: 2, name: 'truck', color: '#4dabf7', position: 1 },
];

const summary = () => ({
  total: 3,
  labeled: 2,
  unlabeled: 1,
  excluded: 0,
  missing: 0,
  conflicts: 0,
  labels: labels.map((label) => ({ ...label, count: 1, train: 1, validation: 0, test: 0 })),
  splits: { train: 2, validation: 0, test: 0 },
  ratio: { train: 0.7, validation: 0.15, test: 0.15 },
  savedFilters: [],
});

/** A job that is done at once with this result. */
const doneJob = (result: Record<string, string>): Partial<Handlers> => ({
  'jobs.list': () => ({ jobs: [createFakeJob({ state: 'done', result })] }),
});
const started = { jobId: 'job-1' };

const studio = (handlers: Partial<Handlers>, media: FakeStudioOptions['media'] = {}) =>
  createFakeStudio({ handlers: { 'dataset.summary': summary, ...handlers }, media });

const modelMedia = (id: string) => ({
  [`model/${id}.tflite`]: {
    kind: 'file' as const,
    contentType: 'application/octet-stream',
    path: `/project/models/${id}.tflite`,
  },
});

describe('a command', () => {
  it('prints an error as sentence and remedy on stderr and ends the program', async () => {
    const app = studio({});
    app.openProject = () =>
      Promise.reject(new AppError('project-missing', 'There is no project.', 'Create one.'));
    const run = await runFakeCli(app, ['status', 'nowhere']);
    expect(run).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'There is no project. — Create one.\n',
    });
    expect(app.disposals).toBe(1);
  });

  it('prints an error as JSON with --json', async () => {
    const app = studio({});
    app.openProject = () => Promise.reject(new AppError('project-missing', 'None.', 'Create one.'));
    const run = await runFakeCli(app, ['status', 'nowhere', '--json']);
    expect(run.json()).toEqual({
      error: { code: 'project-missing', message: 'None.', remedy: 'Create one.' },
    });
  });

  it('shows no stack of a defect', async () => {
    const app = studio({});
    app.openProject = () => Promise.reject(new TypeError('x is not a function'));
    const run = await runFakeCli(app, ['status', 'nowhere']);
    expect(run.code).toBe(1);
    expect(run.stderr).not.toContain('x is not');
  });

  it.each([
    [['nonsense'], 'unknown command'],
    [['create'], 'missing required argument'],
    [['train', '.', '--epochs', '0'], 'whole number from 1 to 1000'],
    [
      ['quantize', '.', '--precision', 'int4'],
      'Allowed choices are float16, int8-weights, dynamic-range, int16x8, int8',
    ],
    [['compare', '.', '--models', 'model-1'], 'two to eight models'],
    [['compare', '.', '--report', 'report.pdf'], '.html or .json'],
    [['label', '.', '--rename', 'banana'], 'two labels'],
    [['export', '.', '--to', 'x'], '--model'],
    [
      ['export-dataset', '.', '--to', 'x', '--format', 'xml'],
      'Allowed choices are folder, csv, coco',
    ],
    [['export-dataset', '.'], '--to'],
    [['report', '.'], '--out'],
    [['watch', '.'], 'missing required argument'],
    [['serve', '--port', '65536'], '65535'],
  ])('%j is a mistake in usage', async (args, reason) => {
    const app = studio({});
    const plain = await runFakeCli(app, args);
    expect([plain.code, plain.stdout]).toEqual([2, '']);
    expect(plain.stderr).toContain(reason);
    const json = await runFakeCli(app, [...args, '--json']);
    expect(json.json()).toMatchObject({ error: { code: 'bad-request' } });
    expect(app.opened).toEqual([]);
  });

  it('that was cancelled before it began makes no program', async () => {
    const app = studio({});
    const run = await runFakeCli(app, ['status', '.'], { signal: AbortSignal.abort() });
    expect([run.code, app.disposals]).toEqual([130, 0]);
  });

  it('alone shows what there is', async () => {
    const run = await runFakeCli(studio({}), []);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('quantize');
  });

  it('tells its version', async () => {
    expect(await runFakeCli(studio({}), ['--version'])).toMatchObject({
      code: 0,
      stdout: '1.2.3\n',
    });
  });
});

describe('--help', () => {
  // A line each, so that two branches can each add one.
  const names = `
    create
    import
    watch
    label
    suggest
    issues
    split
    versions
    status
    learning-curve
    compare-backbones
    search-head
    train
    import-model
    quantize
    layers
    compare
    check-preprocessing
    predict
    inspect
    export
    export-dataset
    report
    devices
    push
    rollback
    pull-photos
    phone-page
    corrections
    measure
    doctor
    serve
    demo
  `
    .trim()
    .split(/\s+/);

  it('lists every command that scripts rely on, in the order of the work', async () => {
    const { stdout } = await runFakeCli(studio({}), ['--help']);
    const listed = [...stdout.matchAll(/^ {2}([a-z-]+) .*<|^ {2}([a-z-]+) \[/gm)].map(
      ([, first, second]) => first ?? second,
    );
    expect(listed).toEqual([...names, 'help']);
  });

  it.each(names)('of %s has examples, --json and exit codes', async (name) => {
    const run = await runFakeCli(studio({}), [name, '--help']);
    expect(run.code).toBe(0);
    for (const part of [`pocketlens ${name}`, 'Examples:', '--json', '130  cancelled']) {
      expect(run.stdout).toContain(part);
    }
  });
});

it('create makes the project and names it after its folder', async () => {
  const made: [string, string][] = [];
  const app = studio({
    'projects.current': () => ({
      project: {
        name: 'things',
        folder: '/x',
        createdAt: '2026-01-01T00:00:00Z',
        generated: false,
      },
    }),
  });
  app.createProject = (folder, name) => {
    made.push([folder, name]);
    return Promise.resolve();
  };
  expect((await runFakeCli(app, ['create', 'my/things', '--json'])).json()).toMatchObject({
    project: { name: 'things' },
  });
  expect(made).toEqual([[resolve('my/things'), 'things']]);
});

describe('import', () => {
  const report = {
    importId: 'import-1',
    startedAt: '2026-01-01T00:00:00Z',
    added: 2,
    known: 1,
    conflicts: 0,
    ignored: 1,
    problems: [{ path: 'bad.jpg', reason: 'truncated', message: 'The file ends too early.' }],
  };

  it('stages absolute paths, waits and lists what was left out', async () => {
    const seen: unknown[] = [];
    const app = studio({
      ...doneJob({ importId: 'import-1' }),
      'dataset.importPhotos': (input) => {
        seen.push(input);
        return started;
      },
      'dataset.importReport': () => ({ report }),
    });
    const run = await runFakeCli(app, ['import', 'p', 'a', '/b', '--copy']);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('2 photos added.');
    expect(run.stdout).toContain('bad.jpg: The file ends too early.');
    expect([...app.staging.staged.values()]).toEqual([[resolve('a'), resolve('/b')]]);
    expect(seen).toEqual([{ sourceIds: ['source-1'], copy: true, labels: 'folders' }]);
    expect((await runFakeCli(app, ['import', 'p', 'a', '--json'])).json()).toMatchObject(report);
  });

  it('cancels its job on Ctrl+C, ends the program and says so', async () => {
    const controller = new AbortController();
    const app = studio({
      'jobs.list': () => ({ jobs: [createFakeJob()] }),
      'dataset.importPhotos': () => {
        setImmediate(() => controller.abort());
        return started;
      },
      'jobs.cancel': () => {
        setImmediate(() =>
          app.emit('jobs.changed', { job: createFakeJob({ state: 'cancelled' }) }),
        );
        return {};
      },
    });
    const run = await runFakeCli(app, ['import', 'p', 'a', '--json'], controller);
    expect(run.code).toBe(130);
    expect(run.json()).toMatchObject({ error: { code: 'cancelled' } });
    expect(app.disposals).toBe(1);
  });
});

describe('label', () => {
  function labelStudio() {
    const calls: [string, unknown][] = [];
    const record =
      (name: string) =>
      (input: unknown): { description: string } => {
        calls.push([name, input]);
        return { description: `Did ${name}` };
      };
    const app = studio({
      'dataset.listPhotoIds': ({ filter }: ParsedInput<'dataset.listPhotoIds'>) => {
        calls.push(['list', filter]);
        return { photoIds: filter.text === 'none' ? [] : [3, 5, 8] };
      },
      'dataset.assignLabel': record('assign'),
      'dataset.setExcluded': record('exclude'),
      'dataset.renameLabel': record('rename'),
      'dataset.mergeLabels': record('merge'),
      'dataset.deleteLabel': record('delete'),
      'dataset.undo': record('undo'),
      'dataset.createLabel': ({ name }) => {
        calls.push(['create', name]);
        return { description: '', label: { id: 9, name, color: '#000000', position: 2 } };
      },
    });
    return { app, calls };
  }

  it.each([
    [
      ['--match', 'IMG', '--unlabeled', '--to', 'Banana'],
      [
        ['list', { text: 'IMG', unlabeled: true }],
        ['assign', { photoIds: [3, 5, 8], labelId: 1 }],
      ],
    ],
    [
      ['--photos', '5,4', '--to', 'plug'],
      [
        ['list', {}],
        ['create', 'plug'],
        ['assign', { photoIds: [5], labelId: 9 }],
      ],
    ],
    [
      ['--labeled', 'truck', '--clear'],
      [
        ['list', { labelIds: [2] }],
        ['assign', { photoIds: [3, 5, 8] }],
      ],
    ],
    [
      ['--photos', '8', '--exclude'],
      [
        ['list', {}],
        ['exclude', { photoIds: [8], excluded: true }],
      ],
    ],
    [['--rename', 'truck=lorry=big'], [['rename', { labelId: 2, name: 'lorry=big' }]]],
    [['--merge', 'truck=banana'], [['merge', { fromId: 2, intoId: 1 }]]],
    [['--delete', 'truck'], [['delete', { labelId: 2 }]]],
    [['--undo'], [['undo', {}]]],
    [[], []],
  ])('%j', async (options, expected) => {
    const { app, calls } = labelStudio();
    const run = await runFakeCli(app, ['label', 'p', ...options]);
    expect(run.code).toBe(0);
    expect(calls).toEqual(expected);
    expect(run.stdout).toContain('banana');
  });

  it.each([
    [['--to', 'banana'], 'No photos were chosen'],
    [['--match', 'none', '--clear'], 'No photo meets'],
    [['--photos', '1'], 'not what to do'],
    [['--clear', '--undo'], '--clear and --undo'],
    [['--delete', 'hat'], 'There is no label "hat"'],
  ])('%j is refused', async (options, message) => {
    const { app, calls } = labelStudio();
    const run = await runFakeCli(app, ['label', 'p', ...options]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(message);
    expect(calls.filter(([name]) => name !== 'list')).toEqual([]);
  });
});

it('train passes its settings on and tells model, file and accuracy', async () => {
  const seen: unknown[] = [];
  const training = {
    engine: 'tfjs',
    epochs: [],
    bestEpoch: 3,
    stopped: 'early' as const,
    seconds: 1.5,
    counts: { train: 2, validation: 1, test: 1 },
    accuracy: { train: 1, validation: 0.75 },
    changes: [],
    check: { photos: 4, largestDifference: 1e-6 },
  };
  const app = studio(
    {
      ...doneJob({ modelId: 'model-1' }),
      'training.start': (input) => {
        seen.push(input);
        return started;
      },
      'models.get': () =>
        createFakeModel({
          training: { ...training, settings: (seen[0] as ParsedInput<'training.start'>).settings },
        }),
    },
    modelMedia('model-1'),
  );
  const run = await runFakeCli(app, ['train', 'p', '--epochs', '7', '--seed', '3', '--json']);
  expect(seen).toEqual([
    { settings: expect.objectContaining({ epochs: 7, seed: 3, batchSize: 32 }) },
  ]);
  expect(run.json()).toMatchObject({
    modelId: 'model-1',
    path: '/project/models/model-1.tflite',
    accuracy: { train: 1, validation: 0.75 },
    stopped: 'early',
  });
});

describe('quantize', () => {
  function quantizeStudio(models = [createFakeModel({ id: 'model-3' }), createFakeModel()]) {
    const seen: ParsedInput<'quantization.start'>[] = [];
    const quantized = createFakeModel({
      id: 'model-4',
      precision: 'int8',
      io: 'uint8',
      bytes: 1_000_000,
      parentId: 'model-3',
    });
    const app = studio(
      {
        ...doneJob({ modelId: 'model-4' }),
        'models.list': () => ({ models }),
        'models.get': ({ modelId }) =>
          [...models, quantized].find(({ id }) => id === modelId) ?? quantized,
        'quantization.start': (input) => {
          seen.push(input);
          return started;
        },
      },
      modelMedia('model-4'),
    );
    return { app, seen };
  }

  it('takes the newest trained model and its defaults', async () => {
    const { app, seen } = quantizeStudio();
    const run = await runFakeCli(app, ['quantize', 'p', '--json']);
    expect(seen).toEqual([
      {
        modelId: 'model-3',
        settings: {
          precision: 'int8',
          io: 'uint8',
          calibration: { count: 100, choice: 'balanced', ranges: 'min-max', seed: 1 },
          biasCorrection: true,
          equalization: false,
          roundingSearch: false,
          keepFloat: [],
        },
      },
    ]);
    expect(run.json()).toMatchObject({
      modelId: 'model-4',
      path: '/project/models/model-4.tflite',
      bytes: 1_000_000,
      parentId: 'model-3',
    });
  });

  it('can be told which model, type and how many photos', async () => {
    const { app, seen } = quantizeStudio();
    const options = '--model model-1 --precision float16 --calibration 20'.split(' ');
    await runFakeCli(app, ['quantize', 'p', ...options]);
    expect(seen[0]).toMatchObject({
      modelId: 'model-1',
      settings: { precision: 'float16', io: 'float32', calibration: { count: 20 } },
    });
  });

  it('says so when nothing was trained', async () => {
    const run = await runFakeCli(quantizeStudio([]).app, ['quantize', 'p', '--json']);
    expect(run.json()).toMatchObject({ error: { code: 'not-ready' } });
  });
});

it('export stages its folder', async () => {
  const app = studio({
    ...doneJob({ exportId: 'export-1' }),
    'deploy.exportModel': ({ placeId }) => {
      expect(app.staging.place(placeId ?? '')).toBe(resolve('out'));
      return started;
    },
  });
  const run = await runFakeCli(app, ['export', 'p', '--model', 'model-2', '--to', 'out', '--json']);
  expect(run.json()).toEqual({ modelId: 'model-2', folder: resolve('out'), exportId: 'export-1' });
});

it('export-dataset says what was written and what was not', async () => {
  const log = ['1 photo is not in the export:', 'a.jpg: The file is no longer there.'];
  const result = { path: '/out', photos: '7', leftOut: '1' };
  const asked: object[] = [];
  const app = studio({
    'jobs.list': () => ({ jobs: [createFakeJob({ state: 'done', result, log })] }),
    'datasetExport.start': (input) => {
      asked.push({ ...input, placeId: app.staging.place(input.placeId ?? '') });
      return started;
    },
  });
  const args = ['export-dataset', 'p', '--to', 'out'];
  const plain = await runFakeCli(app, args);
  expect(plain.stdout).toBe(`Exported 7 photos to /out.\n${log.join('\n')}\n`);
  const options = '--format coco --zip --no-split --version 3 --include-excluded --json'.split(' ');
  const json = await runFakeCli(app, [...args, ...options]);
  expect(json.json()).toEqual({ path: '/out', format: 'coco', photos: 7, leftOut: 1, log });
  const usual = { unlabeled: false, excluded: false, placeId: resolve('out') };
  expect(asked).toEqual([
    { ...usual, format: 'folder', splits: true, zip: false, scope: { kind: 'all' } },
    {
      ...usual,
      format: 'coco',
      splits: false,
      zip: true,
      scope: { kind: 'version', versionId: 'version-3' },
      excluded: true,
    },
  ]);
});

it('report writes what the program shows of the data set', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pocketlens-report-'));
  const media = {
    'dataset/report.html': {
      kind: 'bytes' as const,
      contentType: 'text/html',
      bytes: new TextEncoder().encode('<h1>Things</h1>'),
    },
  };
  const file = join(folder, 'deep', 'report.html');
  const run = await runFakeCli(studio({}, media), ['report', 'p', '--out', file, '--json']);
  expect(run.json()).toEqual({ file });
  expect(await readFile(file, 'utf8')).toBe('<h1>Things</h1>');
  await rm(folder, { recursive: true });
});

describe('watch', () => {
  const report = {
    importId: 'import-1',
    startedAt: '2026-01-01T00:00:00.000Z',
    added: 3,
    known: 1,
    conflicts: 0,
    ignored: 0,
    problems: [{ path: 'a.jpg', reason: 'damaged', message: 'It is damaged.' }],
  };

  /** A program in which an import comes in, the folder goes, and then a person has had enough. */
  async function run(args: string[]) {
    const stop = new AbortController();
    let state: WatchState = 'watching';
    const watched: object[] = [];
    const app = studio({
      'watched.add': ({ placeId, lasting }) => {
        watched.push({ folder: app.staging.place(placeId), lasting });
        const job = createFakeJob({ state: 'done', result: { importId: 'import-1' } });
        setTimeout(() => {
          app.emit('jobs.changed', { job });
          state = 'gone';
          app.emit('watched.changed', {});
          setTimeout(() => stop.abort(), 20);
        }, 20);
        return { id: 'watch-1' };
      },
      'watched.list': () => ({
        folders: [{ id: 'watch-1', folder: '/camera', state, lasting: false }],
      }),
      'dataset.importReport': () => ({ report }),
    });
    const result = await runFakeCli(app, args, { signal: stop.signal });
    return { ...result, watched };
  }

  it('says what comes in until Ctrl+C', async () => {
    const { code, stdout, stderr, watched } = await run(['watch', 'p', 'camera']);
    expect([code, watched]).toEqual([0, [{ folder: resolve('camera'), lasting: false }]]);
    expect(stdout).toBe(
      '3 photos added, 1 known already, 1 file left out.\n  a.jpg: It is damaged.\nStopped. 3 photos added in all.\n',
    );
    expect(stderr).toBe(
      'Watching /camera.\n/camera is not there now. It is watched again when it is back.\n',
    );
  });

  it('says it as JSON', async () => {
    const { stdout } = await run(['watch', 'p', 'camera', '--json']);
    expect(stdout).toBe(
      `${JSON.stringify(report)}\n${JSON.stringify({ stopped: true, added: 3 }, undefined, 2)}\n`,
    );
  });
});
