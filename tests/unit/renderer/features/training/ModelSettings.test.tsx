import { ModelSettings } from '@renderer/features/training/ModelSettings';
import {
  type Model,
  quantizationSettingsSchema,
  trainingSettingsSchema,
} from '@shared/domain/model';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createFakeModel } from '../../../../fakes/fake-model';
import { renderInStudio } from '../../fakes/render-studio';
import { openStudioWithModels } from '../../fakes/studio-with-models';

const trainedWith = trainingSettingsSchema.parse({
  seed: 7,
  epochs: 25,
  mirror: true,
  fineTuning: { blocks: 2, augmentation: { flip: true, crop: 0.1, rotate: 0, color: 0, blur: 0 } },
});
const quantizedWith = quantizationSettingsSchema.parse({
  equalization: true,
  calibration: { count: 30, choice: 'hard', seed: 5 },
  keepFloat: ['block3/conv'],
});
const trained = createFakeModel({
  training: {
    settings: trainedWith,
    engine: 'tfjs',
    epochs: [],
    bestEpoch: 1,
    stopped: 'finished',
    seconds: 1,
    counts: { train: 8, validation: 2, test: 2 },
    accuracy: { train: 1, validation: 1 },
    changes: [],
    check: { photos: 2, largestDifference: 0 },
  },
});
const quantized = createFakeModel({
  id: 'model-2',
  precision: 'int8',
  parentId: 'model-1',
  quantization: {
    settings: quantizedWith,
    calibrationPhotos: 30,
    seconds: 1,
    changes: [],
    check: { photos: 2, agreement: 1, largestDifference: 0 },
  },
});

async function show(model: Model, models = [quantized, trained]) {
  const test = await openStudioWithModels({ models });
  test.program.handlers['quantization.start'] = (input) => {
    test.started.push({ method: 'quantization.start', input });
    return { jobId: 'job-1' };
  };
  renderInStudio(test.studio, <ModelSettings model={model} />);
  const valueOf = (name: string) => screen.getByText(name).nextElementSibling?.textContent;
  return { ...test, valueOf };
}
const again = () => screen.queryByRole('button', { name: 'Run again' });

describe('how a model was made', () => {
  it('of a trained one: photos, seed and every setting, and the same once more', async () => {
    const { valueOf, started, studio } = await show(trained);
    expect(valueOf('Photos')).toBe('version-1');
    expect(valueOf('Seed')).toBe('7');
    expect(valueOf('Epochs')).toBe('25');
    expect(valueOf('Mirrored views')).toBe('on');
    expect(valueOf('How photos are changed')).toBe('Mirror; Cut up to 10 % of a side');
    fireEvent.click(screen.getByRole('button', { name: 'Use these settings' }));
    expect(studio.stores.training.getState().settings).toEqual(trainedWith);
    expect(started).toEqual([]);
    fireEvent.click(again() ?? document.body);
    await waitFor(() =>
      expect(started).toEqual([{ method: 'training.start', input: { settings: trainedWith } }]),
    );
  });

  it('of a quantized one: corrections, calibration and what stayed in float', async () => {
    const { valueOf, started } = await show(quantized);
    expect(valueOf('Made from')).toBe('model-1');
    expect(valueOf('Calibration photos')).toBe('30');
    expect(valueOf('Which photos')).toBe('least sure of');
    expect(valueOf('Equalized channels')).toBe('on');
    expect(valueOf('Searched rounding')).toBe('off');
    expect(valueOf('Kept in float')).toBe('block3/conv');
    fireEvent.click(again() ?? document.body);
    await waitFor(() =>
      expect(started).toEqual([
        {
          method: 'quantization.start',
          input: { modelId: 'model-1', settings: quantizedWith },
        },
      ]),
    );
  });

  it('cannot be run again when what it was made from is gone', async () => {
    const { valueOf } = await show(quantized, [quantized]);
    expect(valueOf('Made from')).toBe('model-1');
    expect(again()).toBeNull();
  });

  it('is nothing of a model that was opened', async () => {
    await show(createFakeModel());
    expect(within(document.body).queryByText('How it was made')).toBeNull();
  });
});
