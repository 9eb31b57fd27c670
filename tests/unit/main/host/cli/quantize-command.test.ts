import type { ParsedInput } from '@shared/api/contract';
import { describe, expect, it } from 'vitest';
import { doneJob, modelMedia, started, studio } from '../../../../fakes/cli-studio';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeModel } from '../../../../fakes/fake-model';

describe('quantize', () => {
  function quantizeStudio(models = [createFakeModel({ id: 'model-3' }), createFakeModel()]) {
    const seen: ParsedInput<'quantization.start'>[] = [];
    const quantized = createFakeModel({
      id: 'model-4',
      precision: 'int8',
      io: 'uint8',
      bytes: 1_000_000,
      parentId: 'model-3',
    });
    const app = studio(
      {
        ...doneJob({ modelId: 'model-4' }),
        'models.list': () => ({ models }),
        'models.get': ({ modelId }) =>
          [...models, quantized].find(({ id }) => id === modelId) ?? quantized,
        'quantization.start': (input) => {
          seen.push(input);
          return started;
        },
      },
      modelMedia('model-4'),
    );
    return { app, seen };
  }

  it('takes the newest trained model and its defaults', async () => {
    const { app, seen } = quantizeStudio();
    const run = await runFakeCli(app, ['quantize', 'p', '--json']);
    expect(seen).toEqual([
      {
        modelId: 'model-3',
        settings: {
          precision: 'int8',
          io: 'uint8',
          calibration: { count: 100, choice: 'balanced', ranges: 'min-max', seed: 1 },
          biasCorrection: true,
          equalization: false,
          roundingSearch: false,
          keepFloat: [],
        },
      },
    ]);
    expect(run.json()).toMatchObject({
      modelId: 'model-4',
      path: '/project/models/model-4.tflite',
      bytes: 1_000_000,
      parentId: 'model-3',
    });
  });

  it('can be told which model, type and how many photos', async () => {
    const { app, seen } = quantizeStudio();
    const options = '--model model-1 --precision float16 --calibration 20'.split(' ');
    await runFakeCli(app, ['quantize', 'p', ...options]);
    expect(seen[0]).toMatchObject({
      modelId: 'model-1',
      settings: { precision: 'float16', io: 'float32', calibration: { count: 20 } },
    });
  });

  it('says so when nothing was trained', async () => {
    const run = await runFakeCli(quantizeStudio([]).app, ['quantize', 'p', '--json']);
    expect(run.json()).toMatchObject({ error: { code: 'not-ready' } });
  });
});
