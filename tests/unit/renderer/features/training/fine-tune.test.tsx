import { FineTuneSection } from '@renderer/features/training/fine-tune/FineTuneSection';
import { FineTunedFacts } from '@renderer/features/training/fine-tune/FineTunedFacts';
import { parseAugmentedPhoto } from '@shared/domain/fine-tuning';
import { type Model, trainingSettingsSchema } from '@shared/domain/model';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { openStudioWithModels } from '../../fakes/studio-with-models';

const open = async () => {
  const test = await openStudioWithModels({ models: fakePair });
  const settings = () => test.studio.stores.training.getState().settings;
  return { ...test, settings };
};

const choice = () => screen.getByRole<HTMLInputElement>('checkbox', { name: /Fine-tune/ });

it('takes the last blocks into the settings, and out again', async () => {
  const { studio, settings } = await open();
  renderInStudio(studio, <FineTuneSection />);
  await waitFor(() => expect(choice().disabled).toBe(false));
  fireEvent.click(choice());
  expect(settings().fineTuning).toMatchObject({ blocks: 2, epochs: 12 });
  expect(screen.getByText('2,000 weights of the backbone')).toBeTruthy();
  fireEvent.change(screen.getByRole('textbox', { name: 'Blocks' }), { target: { value: '3' } });
  expect(settings().fineTuning?.blocks).toBe(3);
  fireEvent.click(choice());
  expect(settings().fineTuning).toBeUndefined();
  fireEvent.click(choice());
  expect(settings().fineTuning?.blocks).toBe(3);
});

it('says what to do where nothing would train them, and shows how photos are changed all the same', async () => {
  const { studio, program } = await open();
  program.handlers['fineTuning.options'] = () => ({
    blocks: [{ blocks: 1, weights: 1000 }],
    missing: { message: 'There is no library.', remedy: 'Run npm run tfjs-node:build.' },
  });
  renderInStudio(studio, <FineTuneSection />);
  expect((await screen.findByRole('note')).textContent).toBe(
    'There is no library. Run npm run tfjs-node:build.The head alone can be trained here, on every setting above.',
  );
  expect(choice().disabled).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'How photos are changed' }));
  expect(await screen.findAllByRole('img')).toHaveLength(2);
});

it('shows the pixels that training gets, by seed, epoch and bounds', async () => {
  const { studio, settings } = await open();
  studio.stores.training.getState().change({ seed: 7 });
  renderInStudio(studio, <FineTuneSection />);
  await waitFor(() => expect(choice().disabled).toBe(false));
  fireEvent.click(choice());
  fireEvent.click(screen.getByRole('button', { name: 'How photos are changed' }));
  const shown = async () => {
    const [photo] = await screen.findAllByRole<HTMLImageElement>('img');
    return parseAugmentedPhoto(/augmented.+$/.exec(photo?.src ?? '')?.[0] ?? '');
  };
  expect(await shown()).toMatchObject({
    photoId: 4,
    backbone: 'efficientnet-lite0',
    seed: 7,
    epoch: 1,
    augmentation: settings().fineTuning?.augmentation,
  });
  fireEvent.change(screen.getByRole('textbox', { name: 'Epoch shown' }), {
    target: { value: '5' },
  });
  fireEvent.click(screen.getByRole('checkbox', { name: /Mirror/ }));
  expect(await shown()).toMatchObject({ epoch: 5, augmentation: { flip: true } });
  fireEvent.click(screen.getByRole('button', { name: 'Change nothing' }));
  expect((await shown())?.augmentation).toMatchObject({ flip: false, rotate: 0, crop: 0 });
  expect(screen.getAllByText('off')).toHaveLength(5);
  expect(settings().fineTuning?.augmentation.rotate).toBe(0);
});

it.each([
  [9, 'last 2 blocks5,000 weights, from epoch 6 on · resumed once'],
  [3, 'last 2 blocks5,000 weights; the head before it was better and kept · resumed once'],
])('tells of a model whose best epoch is %i', async (bestEpoch, told) => {
  const { studio } = await open();
  const epoch = (number: number) => ({
    epoch: number,
    trainLoss: 1,
    trainAccuracy: 1,
    validationLoss: 1,
    validationAccuracy: 1,
    ...(number > 5 ? { viewLoss: 1, viewAccuracy: 0.875 } : {}),
  });
  const training: NonNullable<Model['training']> = {
    settings: trainingSettingsSchema.parse({ fineTuning: { blocks: 2 } }),
    engine: 'tfjs-node 4.22.0',
    epochs: Array.from({ length: 10 }, (_, i) => epoch(i + 1)),
    bestEpoch,
    stopped: 'finished',
    fineTuning: { headEpochs: 5, weights: 5000, resumed: 1 },
    seconds: 60,
    counts: { train: 70, validation: 15, test: 15 },
    accuracy: { train: 1, validation: 1 },
    changes: [],
    check: { photos: 32, largestDifference: 1e-7 },
  };
  const [model] = fakePair;
  if (!model) throw new Error('A model is needed');
  renderInStudio(studio, <FineTunedFacts model={model} training={training} />);
  expect(document.body.textContent).toContain(told);
  expect(screen.queryByText('87.5%') !== null).toBe(bestEpoch > 5);
});
