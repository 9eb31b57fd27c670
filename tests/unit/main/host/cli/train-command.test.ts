import type { ParsedInput } from '@shared/api/contract';
import { expect, it } from 'vitest';
import { doneJob, modelMedia, started, studio } from '../../../../fakes/cli-studio';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeModel } from '../../../../fakes/fake-model';

it('train passes its settings on and tells model, file and accuracy', async () => {
  const seen: unknown[] = [];
  const training = {
    engine: 'tfjs',
    epochs: [],
    bestEpoch: 3,
    stopped: 'early' as const,
    seconds: 1.5,
    counts: { train: 2, validation: 1, test: 1 },
    accuracy: { train: 1, validation: 0.75 },
    changes: [],
    check: { photos: 4, largestDifference: 1e-6 },
  };
  const app = studio(
    {
      ...doneJob({ modelId: 'model-1' }),
      'training.start': (input) => {
        seen.push(input);
        return started;
      },
      'models.get': () =>
        createFakeModel({
          training: { ...training, settings: (seen[0] as ParsedInput<'training.start'>).settings },
        }),
    },
    modelMedia('model-1'),
  );
  const run = await runFakeCli(app, ['train', 'p', '--epochs', '7', '--seed', '3', '--json']);
  expect(seen).toEqual([
    { settings: expect.objectContaining({ epochs: 7, seed: 3, batchSize: 32 }) },
  ]);
  expect(run.json()).toMatchObject({
    modelId: 'model-1',
    path: '/project/models/model-1.tflite',
    accuracy: { train: 1, validation: 0.75 },
    stopped: 'early',
  });
});
