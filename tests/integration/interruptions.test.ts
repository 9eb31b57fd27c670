import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StudioApp } from '@main/app/studio-app';
import type { StudioClient } from '@shared/api/contract';
import { isFinished, type Job, type JobKind } from '@shared/domain/job';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createFakeLogger } from '../fakes/fake-logger';
import { classLayout, makeLearnablePhotos, makePhotos } from '../fixtures/make-photos';
import { openStudio } from '../fixtures/open-studio';
import { temporaryFolder } from '../fixtures/temporary-folder';
import { createProgram } from './program';
import { suiteFolder } from './suite-folder';

const root = suiteFolder();
const program = createProgram(root);
afterAll(() => program.dispose());

const labels = ['banana', 'hat', 'plug'];
const manyPhotos = join(root, 'many photos');
const many = 2 * 24;
/** Projects that tests copy: one with nothing in it, one with a model in two forms. */
const empty = join(root, 'empty');
const prepared = join(root, 'prepared');

interface Status {
  models: { id: string }[];
}

beforeAll(async () => {
  // Large ones, so that importing them takes a while.
  await makePhotos(manyPhotos, classLayout(['large', 'larger'], many / 2), {
    width: 1000,
    height: 750,
  });
  await makeLearnablePhotos(join(root, 'photos'), labels, 6);
  await program.json(['create', empty]);
  cpSync(empty, prepared, { recursive: true });
  await program.json(['import', prepared, join(root, 'photos')]);
  await program.json(['train', prepared, '--epochs', '5']);
  await program.json(['quantize', prepared, '--precision', 'float16']);
}, 300_000);

/** A copy of what was prepared for a kind of work. */
function project(kind: keyof typeof commands): string {
  const folder = join(temporaryFolder(), 'project');
  cpSync(kind === 'import' ? empty : prepared, folder, { recursive: true });
  return folder;
}

const commands = {
  import: (folder: string) => ['import', folder, manyPhotos, '--copy'],
  train: (folder: string) => ['train', folder, '--epochs', '200', '--hidden-units', '64'],
  // Few photos, and no second look at what they show: that takes longest, and is interrupted like the rest.
  quantize: (folder: string) => ['quantize', folder, '--calibration', '4', '--no-bias-correction'],
  compare: (folder: string) => ['compare', folder],
} satisfies Partial<Record<JobKind, (folder: string) => string[]>>;

/** What the command line says on stderr when the work is at this point; and what makes the work shorter. */
const moments: [keyof typeof commands, string, RegExp, ...shorter: string[]][] = [
  ['import', 'while photos go in', /Reading photos · .* [1-9]\d*\/\d+/],
  ['train', 'while epochs run', /· Training ·/],
  ['train', 'while the written file is checked', /Checking the file/, '--epochs', '5'],
  ['quantize', 'while it is calibrated', /Calibrating/],
  ['quantize', 'while the file is checked', /Checking against/, '--precision', 'float16'],
];

describe('kill -9', () => {
  it.each(moments)(
    'during %s, %s: nothing confirmed is lost and the job can be gone on with',
    async (kind, _, moment, ...shorter) => {
      const folder = project(kind);
      const modelsBefore = models(folder);
      const running = program.start([...commands[kind](folder), ...shorter]);
      const said = await running.untilSaid(moment);
      running.signal('SIGKILL');
      expect((await running.ended).code).toBeUndefined();

      const { app, client, log } = await open(folder);
      const { jobs } = await client.call('jobs.list', {});
      const job = jobs.find((each) => each.kind === kind && each.state !== 'done');
      expect(job).toMatchObject({ state: 'interrupted', resumable: true });
      expect(jobs.filter(({ state }) => state === 'running' || state === 'queued')).toEqual([]);
      expect(models(folder)).toEqual(modelsBefore);
      if (kind === 'import') {
        const confirmed = Number(/(\d+)\/\d+$/.exec(said)?.[1]);
        expect(await countPhotos(client)).toBeGreaterThanOrEqual(confirmed);
        expect(await countPhotos(client)).toBeLessThan(many);
        await expectWholePhotos(app, client);
        const stored = readdirSync(join(folder, 'blobs'));
        expect(stored.filter((name) => !/^[0-9a-f]{2}$/.test(name))).toEqual([]);
      }

      const resumed = await resume(client, job?.id ?? 'job-0');
      expect(resumed).toMatchObject({ state: 'done' });
      if (kind === 'import') {
        expect(await countPhotos(client)).toBe(many);
        await expectWholePhotos(app, client);
      } else {
        expect(models(folder)).toEqual([...modelsBefore, 'model-3']);
      }
      expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
    },
    120_000,
  );

  it('of the program that holds a project lets the next one in at once', async () => {
    const folder = project('compare');
    const holder = program.start(['serve', folder, '--no-open', '--port', '0']);
    await holder.untilSaid(/http:\/\/127\.0\.0\.1/);
    holder.signal('SIGKILL');
    await holder.ended;
    expect(existsSync(join(folder, 'lock.json'))).toBe(true);
    const status = await program.json<Status>(['status', folder]);
    expect(status.models).toHaveLength(2);
  }, 60_000);
});

describe('Ctrl+C', () => {
  it.each([...moments, ['compare', 'while photos are answered', /answers/] as const])(
    'during %s, %s: the job is cancelled, the project at rest, exit code 130',
    async (kind, _, moment, ...shorter) => {
      const folder = project(kind);
      const modelsBefore = models(folder);
      const running = program.start([...commands[kind](folder), ...shorter, '--json']);
      await running.untilSaid(moment);
      running.signal('SIGINT');
      const ended = await running.ended;
      expect(ended.code).toBe(130);
      expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code: 'cancelled' } });
      expect(existsSync(join(folder, 'lock.json'))).toBe(false);

      const { app, client } = await open(folder);
      const { jobs } = await client.call('jobs.list', {});
      expect(jobs.find((job) => job.kind === kind)).toMatchObject({ state: 'cancelled' });
      expect(models(folder)).toEqual(modelsBefore);
      if (kind !== 'import') return;
      const photos = await client.call('dataset.summary', {});
      expect(photos.total).toBeLessThan(many);
      expect(photos.labeled).toBe(photos.total);
      await app.dispose();
      const again = await program.json(commands.import(folder));
      expect(again).toMatchObject({ added: many - photos.total, total: many });
    },
    120_000,
  );
});

/** What is in the library's folder, half files too, without their endings. */
function models(folder: string): string[] {
  const names = readdirSync(join(folder, 'models')).filter((name) => name.includes('.tflite'));
  return names.map((name) => name.replace(/\.tflite$/, '')).sort();
}

async function open(folder: string) {
  const log = createFakeLogger();
  const app = await openStudio(temporaryFolder(), log, 'built');
  onTestFinished(() => app.dispose());
  await app.openProject(folder);
  return { app, client: app.client(), log };
}

async function countPhotos(client: StudioClient): Promise<number> {
  return (await client.call('dataset.summary', {})).total;
}

async function resume(client: StudioClient, jobId: string): Promise<Job | undefined> {
  const { jobId: resumedId } = await client.call('jobs.resume', { jobId });
  const find = async () => {
    const { jobs } = await client.call('jobs.list', {});
    return jobs.find(({ id }) => id === resumedId);
  };
  await expect
    .poll(async () => isFinished((await find()) ?? { state: 'queued' }), { timeout: 90_000 })
    .toBe(true);
  return find();
}

/** Every row has its facts, its label, its split and a thumbnail that can be decoded. */
async function expectWholePhotos(app: StudioApp, client: StudioClient): Promise<void> {
  // What a killed import had confirmed is dealt a moment after the project was opened.
  const undealt = async () => {
    const { labeled, splits } = await client.call('dataset.summary', {});
    return labeled - splits.train - splits.validation - splits.test;
  };
  await expect.poll(undealt, { timeout: 30_000 }).toBe(0);
  const { photos } = await client.call('dataset.listPhotos', { offset: 0, limit: 1000 });
  for (const { id } of photos) {
    const photo = await client.call('dataset.photo', { photoId: id });
    expect(photo).toMatchObject({ width: 1000, height: 750, stored: true, missing: false });
    expect(photo.labelId).toBeDefined();
    expect(photo.split).toBeDefined();
    const media = await app.media(`photo/${id}/thumbnail`);
    if (media?.kind !== 'bytes') throw new Error(`Photo ${id} has no thumbnail`);
    expect(await sharp(media.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 320 });
  }
}
