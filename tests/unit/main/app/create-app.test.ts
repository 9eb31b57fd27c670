import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { StudioApp } from '@main/app/studio-app';
import { createProject } from '@main/services/projects/open-project';
import type { StudioClient } from '@shared/api/contract';
import { isFinished, type Job, type JobId, type JobKind } from '@shared/domain/job';
import { strToU8, zipSync } from 'fflate';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createFakeLogger } from '../../../fakes/fake-logger';
import { classLayout, drawPhoto, makePhotos } from '../../../fixtures/make-photos';
import { openStudio } from '../../../fixtures/open-studio';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const studioProcess = fileURLToPath(
  new URL('../../../fixtures/studio-process.mjs', import.meta.url),
);

let root: string;
let log: ReturnType<typeof createFakeLogger>;

beforeEach(() => {
  root = temporaryFolder();
  log = createFakeLogger();
});

async function open(): Promise<{ app: StudioApp; client: StudioClient }> {
  const app = await openStudio(root, log);
  onTestFinished(() => app.dispose());
  return { app, client: app.client() };
}

async function untilFinished(client: StudioClient, jobId: JobId): Promise<Job> {
  for (;;) {
    const { jobs } = await client.call('jobs.list', {});
    const job = jobs.find(({ id }) => id === jobId);
    if (job && isFinished(job)) return job;
    await sleep(20);
  }
}

async function importFolder({ app, client }: Awaited<ReturnType<typeof open>>, folder: string) {
  const sourceIds = [app.staging.stagePaths([folder])];
  const { jobId } = await client.call('dataset.importPhotos', { sourceIds });
  return untilFinished(client, jobId);
}

const refusal = (code: string) => expect.objectContaining({ name: 'AppError', code });

test('without a project every method that needs one says so, and there is no media', async () => {
  const { app, client } = await open();
  await expect(client.call('projects.current', {})).resolves.toEqual({});
  await expect(client.call('dataset.summary', {})).rejects.toEqual(refusal('no-project'));
  await expect(client.call('jobs.list', {})).rejects.toEqual(refusal('no-project'));
  await expect(client.call('training.start', {})).rejects.toMatchObject({
    code: 'no-project',
    remedy: expect.stringContaining('Open a project'),
  });
  await expect(app.media('photo/1/thumbnail')).resolves.toBeUndefined();
  expect(log.lines).toEqual([]);
});

test('a folder is imported, shown and still there when the project is opened again', async () => {
  await makePhotos(join(root, 'photos'), classLayout(['banana', 'hat'], 4));
  const first = await open();
  await first.app.createProject(join(root, 'fruit'), 'Fruit');
  const job = await importFolder(first, join(root, 'photos'));
  expect(job).toMatchObject({ state: 'done', done: 8, total: 8 });
  expect(await first.app.media('photo/1/thumbnail')).toMatchObject({ contentType: 'image/jpeg' });
  await first.app.dispose();

  const second = await open();
  await second.app.openProject(join(root, 'fruit'));
  const summary = await second.client.call('dataset.summary', {});
  expect(summary).toMatchObject({ total: 8, labeled: 8, missing: 0 });
  expect(summary.labels.map((label) => label.name)).toEqual(['banana', 'hat']);
  expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
});

test('an uploaded archive is imported into the project and its upload removed', async () => {
  const studio = await open();
  await studio.client.call('projects.create', { name: 'Uploads' });
  const archive = zipSync({
    things: { hat: { '1.jpg': await drawPhoto('a') }, plug: { '2.jpg': await drawPhoto('b') } },
    'readme.txt': strToU8('hello'),
  });
  const uploadId = studio.app.staging.openUpload();
  await studio.app.staging.receiveFile(
    uploadId,
    'things.zip',
    (async function* () {
      yield archive;
    })(),
  );
  const { jobId } = await studio.client.call('dataset.importPhotos', { sourceIds: [uploadId] });
  expect(await untilFinished(studio.client, jobId)).toMatchObject({ state: 'done' });
  const { labels } = await studio.client.call('dataset.summary', {});
  expect(labels.map(({ name, count }) => [name, count])).toEqual([
    ['hat', 1],
    ['plug', 1],
  ]);
  const { stored } = await studio.client.call('dataset.photo', { photoId: 1 });
  expect(stored).toBe(true);
  expect(readdirSync(join(root, 'settings', 'uploads'))).toEqual([]);
});

test('events reach every client; those of a project that is closed reach none', async () => {
  const { app, client } = await open();
  const other = app.client();
  const seen: string[] = [];
  for (const name of ['projects.changed', 'jobs.changed', 'dataset.changed'] as const) {
    other.on(name, () => seen.push(name));
  }
  await client.call('projects.create', { name: 'One' });
  await client.call('dataset.createLabel', { name: 'banana' });
  await expect.poll(() => seen).toContain('dataset.changed');
  await client.call('projects.close', {});
  expect(seen.at(-1)).toBe('projects.changed');
  expect(seen).not.toContain('jobs.changed');
});

test('closing in the middle of an import keeps what was confirmed; it can be gone on with', async () => {
  await makePhotos(join(root, 'photos'), classLayout(['banana', 'hat'], 28));
  const first = await open();
  await first.app.createProject(join(root, 'fruit'), 'Fruit');
  const sourceIds = [first.app.staging.stagePaths([join(root, 'photos')])];
  const begun = new Promise<void>((resolve) => {
    first.client.on('jobs.changed', ({ job }) => job.done > 0 && resolve());
  });
  await first.client.call('dataset.importPhotos', { sourceIds });
  await begun;
  await first.app.dispose();

  const second = await open();
  await second.app.openProject(join(root, 'fruit'));
  await expectInterruptedImport(second.client, 56);
  expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
});

test('the sample project is drawn and imported as one job, and cancelled as one', async () => {
  const { client } = await open();
  const drawing = new Promise<Job>((resolve) => {
    client.on('jobs.changed', ({ job }) => {
      if (job.step === 'Drawing pictures' && job.done >= 2) resolve(job);
    });
  });
  const { project } = await client.call('projects.createSample', {});
  expect(project).toMatchObject({ name: 'Sample project', generated: true });
  const job = await drawing;
  expect(job).toMatchObject({ kind: 'import', state: 'running' });
  await client.call('jobs.cancel', { jobId: job.id });
  expect(await untilFinished(client, job.id)).toMatchObject({ state: 'cancelled' });
  expect((await client.call('dataset.summary', {})).total).toBe(0);
});

test('a second program is told who has the project', async () => {
  createProject(join(root, 'fruit'), { name: 'Fruit', generated: false }, new Date());
  const child = startProcess();
  await once(child, 'message');
  const { app } = await open();
  await expect(app.openProject(join(root, 'fruit'))).rejects.toMatchObject({
    code: 'project-locked',
    message: expect.stringContaining(`process ${child.pid}`),
  });
});

/** Fewer than `photos` are there; resuming brings the others. */
async function expectInterruptedImport(client: StudioClient, photos: number): Promise<void> {
  const before = await client.call('dataset.summary', {});
  expect(before.total).toBeLessThan(photos);
  expect(before.labeled).toBe(before.total);
  // Copies are looked for first, so splits come a moment after the project is open.
  await vi.waitFor(
    async () => {
      const { splits } = await client.call('dataset.summary', {});
      expect(splits.train + splits.validation + splits.test).toBe(before.total);
    },
    { timeout: 20_000 },
  );
  const jobId = await resumeInterrupted(client, 'import');
  expect(await untilFinished(client, jobId)).toMatchObject({ state: 'done' });
  expect(await client.call('dataset.summary', {})).toMatchObject({ total: photos, conflicts: 0 });
}

async function resumeInterrupted(client: StudioClient, kind: JobKind): Promise<JobId> {
  const { jobs } = await client.call('jobs.list', {});
  const job = jobs.find((candidate) => candidate.kind === kind);
  expect(job).toMatchObject({ state: 'interrupted', resumable: true });
  const { jobId } = await client.call('jobs.resume', { jobId: job?.id ?? 'job-0' });
  return jobId;
}

function startProcess(): ChildProcess {
  const child = fork(studioProcess, [root, join(root, 'fruit')]);
  onTestFinished(() => kill(child));
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
