import { AppError } from '@shared/api/errors';
import { describe, expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';
import { adbTool, pixel } from '../../../../fakes/fake-phone';
import { createFakeMeasurement } from '../../../../fakes/fake-phone-measurement';
import { createFakeStudio } from '../../../../fakes/fake-studio';

function studio(measurement = createFakeMeasurement()) {
  const asked: object[] = [];
  const app = createFakeStudio({
    handlers: {
      'devices.list': () => ({ devices: [pixel], tools: [adbTool] }),
      'phoneMeasurements.measure': (input) => {
        asked.push(input);
        if (input.targetId !== 'companion') {
          throw new AppError('bad-request', 'It answers no questions.', 'Take the companion.');
        }
        return { jobId: 'job-1' };
      },
      'phoneMeasurements.list': () => ({ measurements: [measurement], jobs: [] }),
      'jobs.list': () => ({
        jobs: [createFakeJob({ state: 'done', result: { measurementId: measurement.id } })],
      }),
    },
  });
  return { app, asked };
}

describe('measure', () => {
  it('asks the only phone, and tells its figures as the phone’s', async () => {
    const { app, asked } = studio();
    const run = await runFakeCli(app, ['measure', 'things', '--model', 'model-2']);
    expect(run.code).toBe(0);
    expect(asked).toEqual([
      { deviceId: pixel.id, modelIds: ['model-2'], targetId: 'companion', photos: 60 },
    ]);
    expect(run.stdout).toContain('Measured on Google Pixel 8, 2026-03-01');
    expect(run.stdout).toContain('94.8 % right (55 of 58, 95 % 86.0 % to 98.0 %; here 56)');
    expect(run.stdout).toContain('57 answered as here, largest difference 0.041');
    expect(run.stdout).toContain(
      'median 11.4 ms, 95th percentile 17.9 ms · 123 MB · 33.5 °C · thermal state serious',
    );
    expect(run.stdout).toContain('2 without an answer · by LiteRT 1.4, CPU on Google Pixel 8');
  });

  it('of several models with so many photos gives what is stored as JSON', async () => {
    const { app, asked } = studio();
    const args = ['--model', 'model-2', '--model', 'model-1', '--photos', '100', '--json'];
    const run = await runFakeCli(app, ['measure', 'things', '--device', 'android:SIM', ...args]);
    expect(asked).toMatchObject([{ modelIds: ['model-2', 'model-1'], photos: 100 }]);
    expect(JSON.parse(run.stdout)).toEqual(createFakeMeasurement());
  });

  it('says why a phone has no figures, and refuses what can’t be measured', async () => {
    const figures = { top1: undefined, problem: 'The file is broken.' };
    const { app } = studio(createFakeMeasurement({}, figures));
    const run = await runFakeCli(app, ['measure', 'things', '--model', 'model-2']);
    expect(run.stdout).toContain('Lite0 int8: The file is broken.');
    const other = ['measure', 'things', '--model', 'model-2', '--target', 'target-1'];
    expect((await runFakeCli(app, other)).code).toBe(1);
    const many = ['measure', 'things', '--model', 'model-2', '--photos', '201'];
    expect((await runFakeCli(app, many)).code).toBe(2);
  });
});
