import { AppError } from '@shared/api/errors';
import { expect, it } from 'vitest';
import { createFakeJob } from '../../../../fakes/fake-job';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { fakePreprocessingCheck as check } from '../../../../fakes/fake-preprocessing-check';
import { createFakeStudio } from '../../../../fakes/fake-studio';

const studio = () =>
  createFakeStudio({
    handlers: {
      'preprocessing.check': () => ({ jobId: 'job-1' }),
      'preprocessing.lastCheck': () => ({ check }),
      'jobs.list': () => ({ jobs: [createFakeJob({ state: 'done' })] }),
    },
  });

it('prints what each mistake does, and on what that was measured', async () => {
  const run = await runFakeCli(studio(), ['check-preprocessing', 'things', '--model', 'model-1']);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/^none +97\.5% +93\.0% +whisk \(50\.0%\)/m);
  expect(run.stdout).toMatch(/^blue before red +50\.0% +52\.5% +71\.0% +grater \(90\.0%\)/m);
  expect(run.stdout).toContain('40 test photos of version-1, LiteRT');
  expect(run.stdout).toContain('too much of the picture, values brought to -1…1');
});

it('prints the record with --json', async () => {
  const run = await runFakeCli(studio(), ['check-preprocessing', '.', '--model=model-1', '--json']);
  expect(run.json()).toEqual(check);
});

it('needs a model, and says why a check failed', async () => {
  expect((await runFakeCli(studio(), ['check-preprocessing', '.'])).code).toBe(2);
  const app = createFakeStudio({
    handlers: {
      'preprocessing.check': () => {
        throw new AppError('not-found', 'There is no model-7.');
      },
    },
  });
  const run = await runFakeCli(app, ['check-preprocessing', '.', '--model', 'model-7']);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('no model-7') });
});
