import type { CalibrationTrials } from '@shared/domain/calibration-trials';
import { expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeStudio } from '../../../../fakes/fake-studio';

const trials: CalibrationTrials = {
  modelId: 'model-1',
  versionId: 'version-1',
  at: '2026-01-02T03:04:05.000Z',
  runtime: 'LiteRT',
  photos: 40,
  floatCorrect: 39,
  trials: [
    { choice: 'hard', ranges: 'kl', correct: 38, agreement: 0.95, largestDifference: 0.125 },
    { choice: 'random', ranges: 'mse', reason: 'It answers one label.' },
  ],
};

it('quantize --try-calibrations tells what each calibration makes of the model', async () => {
  const asked: unknown[] = [];
  const app = createFakeStudio({
    handlers: {
      'jobs.list': () => ({ jobs: [createFakeJob({ state: 'done' })] }),
      'models.get': () => createFakeModel(),
      'quantization.tryCalibrations': (input) => {
        asked.push(input);
        return { jobId: 'job-1' };
      },
      'quantization.calibrations': () => ({ trials }),
    },
  });
  const options = ['quantize', 'p', '--model', 'model-1', '--try-calibrations', '--photos', 'hard'];
  const run = await runFakeCli(app, options);
  expect(asked).toMatchObject([
    { modelId: 'model-1', settings: { calibration: { choice: 'hard' } } },
  ]);
  expect(run.stdout).toMatch(/^hard +kl +95\.0% \(38 of 40\) +95\.0% +0\.125/m);
  expect(run.stdout).toMatch(/^random +mse +It answers one label\./m);
  expect(run.stdout).toContain('float32: 97.5% (39 of 40) validation photos of version-1, LiteRT.');
  expect((await runFakeCli(app, [...options, '--json'])).json()).toEqual(trials);
});
