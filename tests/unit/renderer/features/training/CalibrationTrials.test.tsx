import { QuantizePanel } from '@renderer/features/training/QuantizePanel';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { openStudioWithModels } from '../../fakes/studio-with-models';

const [, model] = fakePair;
if (!model) throw new Error('The pair has two models');

it('a calibration that was tried can be used for the next model', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  program.handlers['quantization.calibrations'] = () => ({
    trials: {
      modelId: model.id,
      versionId: 'version-1',
      at: '2026-01-02T03:04:05.000Z',
      runtime: 'LiteRT',
      photos: 40,
      floatCorrect: 39,
      trials: [
        { choice: 'hard', ranges: 'kl', correct: 38, agreement: 0.95, largestDifference: 0.125 },
        { choice: 'random', ranges: 'mse', reason: 'It answers one label.' },
      ],
    },
  });
  const asked: unknown[] = [];
  program.handlers['quantization.start'] = (input) => {
    asked.push(input);
    return { jobId: 'job-1' };
  };
  renderInStudio(studio, <QuantizePanel model={model} />);
  const [, best, broken] = await screen.findAllByRole('row');
  if (!best || !broken) throw new Error('Two calibrations were tried');
  expect(best.textContent).toContain('95.0%95.0%0.125');
  expect(broken.textContent).toContain('It answers one label.');
  expect(within(broken).getByRole('button')).toHaveProperty('disabled', true);
  fireEvent.click(within(best).getByRole('button', { name: 'Use' }));
  expect(within(best).getByRole('button', { name: 'In use' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Quantize' }));
  await waitFor(() =>
    expect(asked).toMatchObject([{ settings: { calibration: { choice: 'hard', ranges: 'kl' } } }]),
  );
});
