import { expect, it } from 'vitest';
import { fakeBackboneTrials } from '../../../../fakes/fake-backbone-trials';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeStudio } from '../../../../fakes/fake-studio';

function studio() {
  const asked: string[] = [];
  const app = createFakeStudio({
    handlers: {
      'jobs.list': () => ({ jobs: [createFakeJob({ state: 'done' })] }),
      'headTrials.compareBackbones': ({ settings }) => {
        asked.push(settings.backbone);
        return { jobId: 'job-1' };
      },
      'headTrials.backbones': () => ({ trials: fakeBackboneTrials }),
    },
  });
  return { app, asked };
}

it('prints what each costs, and which is clearly better', async () => {
  const { app, asked } = studio();
  const { stdout } = await runFakeCli(app, ['compare-backbones', 'p', '--backbone', 'lite0']);
  expect(asked).toEqual(['lite0']);
  expect(stdout).toMatch(/^lite2 +9\.6 MB +820 M +41\.5 ms +47\.0 ms +90\.0% +82\.0% to 95\.0%/m);
  expect(stdout).toContain(
    'lite2 is +10.0 points better than lite0 (+2.0 points to +18.0 points).',
  );
  expect(stdout).toContain('5 folds of 100 of 240 training and validation photos, tfjs.');
});

it('prints the record and the better one with --json', async () => {
  const run = await runFakeCli(studio().app, ['compare-backbones', 'p', '--json']);
  expect(run.json()).toEqual({ ...fakeBackboneTrials, better: 'lite2' });
});
