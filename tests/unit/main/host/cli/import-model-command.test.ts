import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeModel } from '../../../../fakes/fake-model';
import { fakeOpenedBase } from '../../../../fakes/fake-opened-base';
import { createFakeStudio } from '../../../../fakes/fake-studio';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

const imported = {
  fileName: 'rival.tflite',
  sha256: 'd'.repeat(64),
  changes: [{ pass: 'order-answers', description: 'Put 2 answers into the order' }],
  proof: { pictures: 3, of: 'photos' as const, largestDifference: 0.0000021 },
  leftOut: ['cat'],
};

function studio() {
  const asked: unknown[] = [];
  const app = createFakeStudio({
    handlers: {
      'models.import': (input) => {
        asked.push(input.stated);
        return { jobId: 'job-1' };
      },
      'jobs.list': () => ({
        jobs: [createFakeJob({ state: 'done', result: { modelId: 'model-1' } })],
      }),
      'models.list': () => ({
        models: [createFakeModel({ name: 'rival', imported }), createFakeModel({ id: 'model-0' })],
      }),
      'models.get': () => createFakeModel({ name: 'rival', imported }),
    },
    media: {
      'model/model-1.tflite': {
        kind: 'file',
        contentType: 'application/octet-stream',
        path: '/project/models/model-1.tflite',
      },
    },
  });
  return { app, asked };
}

it('hands over what a person says of the file, and tells what became of it', async () => {
  const { app, asked } = studio();
  const labels = join(temporaryFolder(), 'labels.txt');
  writeFileSync(labels, 'banana\r\nhat\n\n');
  const options = ['--labels', labels, '--mean', '127.5', '--std', '127.5', '--crop', '0.875'];
  const run = await runFakeCli(app, ['import-model', 'p', 'rival.tflite', ...options]);
  expect(asked).toEqual([
    { labels: ['banana', 'hat'], mean: 127.5, std: 127.5, cropFraction: 0.875 },
  ]);
  expect(run.stdout).toContain('Opened model-1: rival, float32');
  expect(run.stdout).toContain('Put 2 answers into the order.');
  expect(run.stdout).toContain(
    'Held against the file on 3 photos: a probability differs by at most 0.0000021.',
  );
  expect(run.stdout).toContain('Left out: 1 answer');
  // Not with itself.
  expect(run.stdout).toContain('--models model-0,model-1');
});

it('says when the labels can’t be read, or a number is none', async () => {
  const missing = await runFakeCli(studio().app, [
    'import-model',
    'p',
    'x.tflite',
    '--labels',
    '/no',
  ]);
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('/no can’t be read') });
  const mean = await runFakeCli(studio().app, ['import-model', 'p', 'x.tflite', '--mean', 'some']);
  expect(mean).toMatchObject({ code: 2, stderr: expect.stringContaining('It is a number') });
});

it('opens a file to train on, and says with what name and whose license', async () => {
  const asked: unknown[] = [];
  const app = createFakeStudio({
    handlers: {
      'bases.open': (input) => {
        asked.push(input.stated);
        return { jobId: 'job-1' };
      },
      'jobs.list': () => ({
        jobs: [createFakeJob({ state: 'done', result: { backbone: fakeOpenedBase.name } })],
      }),
      'training.backbones': () => ({ backbones: [fakeOpenedBase] }),
    },
  });
  const options = ['--as-base', '--mean', '127.5', '--std', '127.5'];
  const run = await runFakeCli(app, ['import-model', 'p', 'graph.lite', ...options]);
  expect(asked).toEqual([{ mean: 127.5, std: 127.5 }]);
  expect(run.stdout).toContain(
    'Opened graph-28d2cb2a: 256 features of 224 × 224 pixels, 852.8 kB.',
  );
  expect(run.stdout).toContain('Cut at pool, 256 features; left off: SOFTMAX.');
  expect(run.stdout).toContain('on 6 photos: an answer that follows from its features differs');
  expect(run.stdout).toContain('their license is not known to Pocketlens Studio.');
  expect(run.stdout).toContain('pocketlens train p --backbone graph-28d2cb2a');
  const json = await runFakeCli(app, ['import-model', 'p', 'graph.lite', ...options, '--json']);
  expect(JSON.parse(json.stdout)).toEqual(fakeOpenedBase);
});

it('takes no labels for a file to train on', async () => {
  const options = ['--as-base', '--labels', 'labels.txt'];
  const run = await runFakeCli(studio().app, ['import-model', 'p', 'x.tflite', ...options]);
  expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('--labels') });
});
