import type { Handlers, ParsedInput } from '@shared/api/contract';
import { expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeStudio } from '../../../../fakes/fake-studio';

function studio() {
  const asked: ParsedInput<'quantization.start'>[] = [];
  const done = createFakeJob({ id: 'job-1', state: 'done', result: { modelId: 'model-2' } });
  const handlers: Partial<Handlers> = {
    'quantization.start'(input) {
      asked.push(input);
      return { jobId: 'job-1' };
    },
    'jobs.list': () => ({ jobs: [done] }),
    'models.list': () => ({ models: [createFakeModel()] }),
    'models.get': ({ modelId }) => {
      const model = createFakeModel({ id: modelId, precision: 'int8' });
      const aware = {
        ...{ engine: 'tfjs', epochs: 11, bestEpoch: 4, weights: 100, photos: 40 },
        accuracy: { plain: 0.9, aware: 0.95 },
      };
      const check = { photos: 64, agreement: 1, largestDifference: 0.01 };
      const settings = asked[0]?.settings;
      return settings
        ? {
            ...model,
            quantization: {
              ...{ settings, calibrationPhotos: 100, seconds: 1, changes: [], check },
              ...(settings.aware ? { aware } : {}),
            },
          }
        : model;
    },
  };
  const media = {
    'model/model-2.tflite': {
      kind: 'file' as const,
      contentType: 'application/octet-stream',
      path: '/models/model-2.tflite',
    },
  };
  return { app: createFakeStudio({ handlers, media }), asked };
}

it.each([
  [['--aware'], 0],
  [['--aware', '2'], 2],
])('%j trains for int8 and tells the gain', async (args, blocks) => {
  const { app, asked } = studio();
  const run = await runFakeCli(app, ['quantize', 'p', ...args]);
  expect(run.code).toBe(0);
  expect(asked[0]?.settings.aware).toMatchObject({ blocks, epochs: 10 });
  expect(run.stdout).toContain(
    'Trained for int8: 95.0% of 40 validation photos right; by rounding alone 90.0%.',
  );
});

it('without it nothing is trained', async () => {
  const { app, asked } = studio();
  const run = await runFakeCli(app, ['quantize', 'p']);
  expect(asked[0]?.settings.aware).toBeUndefined();
  expect(run.stdout).not.toContain('Trained for int8');
});
