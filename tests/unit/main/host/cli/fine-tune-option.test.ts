import type { Handlers, ParsedInput } from '@shared/api/contract';
import type { Job } from '@shared/domain/job';
import { noAugmentation } from '@shared/domain/fine-tuning';
import { expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeStudio } from '../../../../fakes/fake-studio';

function studio(jobs: Partial<Job>[] = []) {
  const started: ParsedInput<'training.start'>[] = [];
  const resumed: string[] = [];
  const done = createFakeJob({
    id: 'job-9',
    kind: 'train',
    state: 'done',
    result: { modelId: 'model-1' },
  });
  const handlers: Partial<Handlers> = {
    'training.start'(input) {
      started.push(input);
      return { jobId: 'job-9' };
    },
    'jobs.resume'({ jobId }) {
      resumed.push(jobId);
      return { jobId: 'job-9' };
    },
    'jobs.list': () => ({ jobs: [done, ...jobs.map((job) => createFakeJob(job))] }),
    'models.get': () => createFakeModel({ id: 'model-1' }),
  };
  const media = {
    'model/model-1.tflite': {
      kind: 'file' as const,
      contentType: 'application/octet-stream',
      path: '/models/model-1.tflite',
    },
  };
  return { app: createFakeStudio({ handlers, media }), started, resumed };
}

it('asks for blocks, epochs and changes of photos', async () => {
  const { app, started } = studio();
  const { code } = await runFakeCli(app, [
    ...['train', 'p', '--fine-tune', '2', '--fine-tune-epochs', '5'],
    ...['--augment', 'flip,rotate=15,crop=0.2'],
  ]);
  expect(code).toBe(0);
  expect(started[0]?.settings.fineTuning).toMatchObject({
    blocks: 2,
    epochs: 5,
    augmentation: { ...noAugmentation, flip: true, rotate: 15, crop: 0.2 },
  });
});

it('leaves what is not said at its default, and the backbone alone without --fine-tune', async () => {
  const { app, started } = studio();
  await runFakeCli(app, ['train', 'p', '--fine-tune', '1', '--augment', 'none']);
  expect(started[0]?.settings.fineTuning).toMatchObject({
    epochs: 12,
    augmentation: noAugmentation,
  });
  await runFakeCli(app, ['train', 'p']);
  expect(started[1]?.settings.fineTuning).toBeUndefined();
});

it.each([
  [['--fine-tune', '0'], 'whole number from 1 to 100'],
  [['--fine-tune', '1', '--augment', 'spin=3'], 'There is no “spin”'],
  [['--fine-tune', '1', '--augment', 'rotate=90'], 'rotate'],
  [['--fine-tune', '1', '--augment', 'rotate'], 'rotate'],
])('%j is a mistake in usage', async (args, reason) => {
  const { app, started } = studio();
  const run = await runFakeCli(app, ['train', 'p', ...args]);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(reason);
  expect(started).toEqual([]);
});

it('says what changes of photos belong to', async () => {
  const run = await runFakeCli(studio().app, ['train', 'p', '--augment', 'flip']);
  expect(run.code).not.toBe(0);
  expect(run.stderr).toContain('like --fine-tune 2');
});

it('goes on with the newest training that can be', async () => {
  const { app, resumed, started } = studio([
    { id: 'job-8', kind: 'import', state: 'interrupted', resumable: true },
    { id: 'job-7', kind: 'train', state: 'cancelled', resumable: true },
    { id: 'job-6', kind: 'train', state: 'interrupted', resumable: true },
  ]);
  const run = await runFakeCli(app, ['train', 'p', '--resume']);
  expect(run.code).toBe(0);
  expect(resumed).toEqual(['job-7']);
  expect(started).toEqual([]);
});

it('says when there is nothing to go on with', async () => {
  const run = await runFakeCli(studio().app, ['train', 'p', '--resume']);
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('There is no training that could be gone on with.');
});
