import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFakeCli } from '../fakes/fake-command-line';
import { createFakeLogger } from '../fakes/fake-logger';
import { makeLearnablePhotos } from '../fixtures/make-photos';
import { openStudio } from '../fixtures/open-studio';
import { createProgram } from './program';
import { suiteFolder } from './suite-folder';

// The forms that others script against: what these tests name may be added to, but not changed.

const root = suiteFolder();
const program = createProgram(root);
afterAll(() => program.dispose());

const labels = ['banana', 'hat', 'plug'];
const photosALabel = 12;
const project = join(root, 'things');
const photos = join(root, 'photos');
const reports = join(root, 'reports');

const share = expect.toSatisfy((value: unknown) => isShare(value), 'a share from 0 to 1');
/** `POCKETLENS_RUNTIME=native` runs these tests on LiteRT’s native library. */
const runtime = process.env['POCKETLENS_RUNTIME'] === 'native' ? 'native' : 'WebAssembly';
const positive = expect.toSatisfy((value: unknown) => Number(value) > 0, 'above 0');

interface ModelAnswer {
  modelId: string;
  path: string;
  bytes: number;
}

interface ComparisonAnswer {
  models: { id: string; top1: number; interval: { low: number; high: number } }[];
  difference: object;
  flips: object[];
  verdict: string;
}

interface Relabeled {
  labels: { name: string; photos: number }[];
}

interface Predictions {
  model: string;
  photos: { photo: string; labels: { label: string; probability: number }[]; error?: string }[];
}

let created: unknown;
let imported: unknown;
let trained: ModelAnswer;
let quantized: Record<'uint8' | 'float16', ModelAnswer>;
let compared: ComparisonAnswer;

beforeAll(async () => {
  await makeLearnablePhotos(photos, labels, photosALabel);
  created = await program.json(['create', project]);
  imported = await program.json(['import', project, photos]);
  trained = await program.json(['train', project, '--epochs', '20', '--seed', '3']);
  quantized = {
    float16: await program.json(['quantize', project, '--precision', 'float16']),
    uint8: await program.json(['quantize', project, '--model', trained.modelId, '--io', 'uint8']),
  };
  compared = await program.json(['compare', project, '--report', join(reports, 'report.html')]);
}, 300_000);

describe('the JSON of', () => {
  it('create', () => {
    expect(created).toMatchObject({
      project: { name: 'things', folder: project, generated: false },
    });
  });

  it('import', () => {
    expect(imported).toMatchObject({
      added: labels.length * photosALabel,
      known: 0,
      conflicts: 0,
      problems: [],
      total: labels.length * photosALabel,
      labels: labels.map((name) => ({ name, photos: photosALabel })),
    });
  });

  it('train', () => {
    expect(trained).toMatchObject({
      modelId: 'model-1',
      path: join(project, 'models', 'model-1.tflite'),
      accuracy: { train: share, validation: share },
      precision: 'float32',
      labels,
      settings: { epochs: 20, seed: 3 },
      check: { photos: positive },
    });
    expect(statSync(trained.path).size).toBe(trained.bytes);
  });

  it.each([
    ['uint8', { precision: 'int8', io: 'uint8' }, 0.3],
    ['float16', { precision: 'float16', io: 'float32' }, 0.51],
  ] as const)('quantize to %s', (variant, settings, largestShare) => {
    const answer = quantized[variant];
    expect(answer).toMatchObject({
      ...settings,
      modelId: expect.stringMatching(/^model-[23]$/),
      path: join(project, 'models', `${answer.modelId}.tflite`),
      parentId: trained.modelId,
      parentBytes: trained.bytes,
      settings,
      check: { photos: positive, agreement: share },
    });
    expect(statSync(answer.path).size).toBe(answer.bytes);
    expect(answer.bytes / trained.bytes).toBeLessThan(largestShare);
  });

  it('compare, of the newest quantized model and its parent', () => {
    expect(compared.models).toMatchObject([
      { id: trained.modelId, precision: 'float32', bytes: trained.bytes },
      { id: quantized.uint8.modelId, precision: 'int8', bytes: quantized.uint8.bytes },
    ]);
    for (const model of compared.models) {
      expect(model).toMatchObject({
        top1: share,
        interval: { low: share, high: share },
        latencyMs: { p50: positive, p95: positive, threads: 1 },
        loadMs: positive,
        provenance: { kind: 'measured', by: expect.stringContaining(runtime) },
      });
      expect(model.interval.low).toBeLessThanOrEqual(model.top1);
      expect(model.interval.high).toBeGreaterThanOrEqual(model.top1);
    }
    expect(compared.difference).toMatchObject({
      firstId: trained.modelId,
      secondId: quantized.uint8.modelId,
      interval: { low: expect.any(Number), high: expect.any(Number) },
      pValue: share,
      agreement: share,
      flips: compared.flips.length,
    });
    expect(compared.verdict).toMatch(/^\S.*\.$/s);
  });

  it('status', async () => {
    const status = await program.json<{ models: object[]; jobs: object[] }>(['status', project]);
    expect(status).toMatchObject({
      project: { name: 'things' },
      photos: { total: labels.length * photosALabel, labeled: labels.length * photosALabel },
      training: {
        ready: true,
        features: { done: labels.length * photosALabel, total: labels.length * photosALabel },
      },
    });
    expect(status.models).toHaveLength(3);
    expect(status.jobs.every((job) => 'state' in job && job.state === 'done')).toBe(true);
  });
});

it('training again after labels changed needs no new features', async () => {
  const relabel = ['label', project, '--photos', '1,2', '--to', 'plug'];
  const { labels: counts } = await program.json<Relabeled>(relabel);
  expect(counts.find(({ name }) => name === 'plug')?.photos).toBe(photosALabel + 2);
  const training = program.start(['train', project, '--epochs', '2', '--json']);
  const { code, stdout, stderr } = await training.ended;
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ versionId: 'version-2', modelId: 'model-4' });
  expect(stderr).not.toContain('Computing features');
});

it('the report is one page that needs nothing from anywhere', () => {
  const page = readFileSync(join(reports, 'report.html'), 'utf8');
  expect(page).toContain(compared.verdict);
  expect(page).not.toMatch(/(?:src|href)="(?!data:|#)/);
});

describe('predict', () => {
  it('answers outside any project, with the file alone', async () => {
    const elsewhere = join(root, 'elsewhere');
    mkdirSync(elsewhere);
    copyFileSync(quantized.uint8.path, join(elsewhere, 'copied.tflite'));
    const photo = '../photos/hat/hat-1.jpg';
    const there = await program.json<Predictions>(['predict', 'copied.tflite', photo], {
      cwd: elsewhere,
    });
    expect(there).toMatchObject({ model: 'copied.tflite', photos: [{ photo }] });
    const probabilities = there.photos[0]?.labels.map(({ probability }) => probability) ?? [];
    expect(probabilities).toHaveLength(labels.length);
    expect(probabilities).toEqual([...probabilities].sort((first, second) => second - first));
    expect(there.photos[0]?.labels.map(({ label }) => label).sort()).toEqual(labels);
  });

  it('says which photo it could not read, and answers for the others', async () => {
    const readable = join(photos, 'plug', 'plug-1.jpg');
    const answer = await program.json<Predictions>(
      ['predict', trained.path, join(root, 'gone.jpg'), readable],
      { code: 1 },
    );
    expect(answer.photos).toMatchObject([
      { labels: [], error: expect.stringContaining('gone.jpg') },
      { photo: readable, labels: expect.toSatisfy((given: unknown[]) => given.length === 3) },
    ]);
  });
});

it('export writes all that an app needs', async () => {
  const folder = join(root, 'for the app');
  const { modelId } = quantized.uint8;
  const answer = await program.json(['export', project, '--model', modelId, '--to', folder]);
  expect(answer).toMatchObject({ modelId, folder });
  for (const name of ['model-int8.tflite', 'model-int8.preprocessing.json', 'README.md']) {
    expect(existsSync(join(folder, name)), name).toBe(true);
  }
  expect(readFileSync(join(folder, 'labels.txt'), 'utf8').trim().split('\n')).toEqual(labels);
  expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({
    comparison: { models: [{ modelId: trained.modelId }, { modelId }] },
  });
  const { photos: answers } = await program.json<Predictions>([
    'predict',
    join(folder, 'model-int8.tflite'),
    join(folder, 'example.jpg'),
  ]);
  const [top] = answers[0]?.labels ?? [];
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  expect(readme).toMatch(
    new RegExp(`\\| ${top?.label} \\|.*\\| ${top?.probability.toFixed(4)} \\|`),
  );
});

describe('what goes wrong', () => {
  it('wrong usage is 2', async () => {
    const answer = await program.json(['train'], { code: 2 });
    expect(answer).toEqual({
      error: {
        code: 'bad-request',
        message: expect.any(String),
        remedy: expect.stringContaining('--help'),
      },
    });
  });

  // In this process: a program for each takes longer than all of them here.
  it.each([
    ['no project', ['status', join(root, 'nowhere')], 'project-missing'],
    ['a project there already', ['create', project], 'project-exists'],
    ['nothing to import', ['import', project, join(root, 'nowhere')], 'nothing-to-import'],
    ['an unknown backbone', ['train', project, '--backbone', 'resnet'], 'not-found'],
    ['an unknown model', ['quantize', project, '--model', 'model-99'], 'not-found'],
    ['a quantized model', ['quantize', project, '--model', 'model-2'], 'bad-request'],
  ])('%s is a failure with a remedy: 1', async (_, args, code) => {
    const app = await openStudio(join(root, 'here'), createFakeLogger());
    const ended = await runFakeCli(app, [...args, '--json']);
    expect(ended.code).toBe(1);
    const { error } = ended.json() as { error: { message: string; remedy: string } };
    expect(error).toEqual({ code, message: expect.any(String), remedy: expect.any(String) });
    expect(ended.stderr).toContain(`${error.message} — ${error.remedy}`);
  });

  it('no model file is a failure with a remedy: 1', async () => {
    const gone = ['predict', join(root, 'gone.tflite'), 'a.jpg'];
    const answer = await program.json(gone, { code: 1 });
    expect(answer).toEqual({
      error: {
        code: 'model-unreadable',
        message: expect.any(String),
        remedy: expect.any(String),
      },
    });
  });

  it('is said to people on stderr alone', async () => {
    const ended = await program.run(['status', join(root, 'nowhere')]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/^There is no project in .* — /);
  });
});

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
