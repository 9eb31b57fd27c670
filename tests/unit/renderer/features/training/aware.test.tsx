import { AwareFact } from '@renderer/features/training/fine-tune/AwareFact';
import { QuantizePanel } from '@renderer/features/training/QuantizePanel';
import type { ParsedInput } from '@shared/api/contract';
import type { AwareRecord } from '@shared/domain/model';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { openStudioWithModels } from '../../fakes/studio-with-models';

const float = fakePair.find(({ precision }) => precision === 'float32');
if (!float) throw new Error('A float model is needed');

async function open() {
  const test = await openStudioWithModels({ models: fakePair });
  const asked: ParsedInput<'quantization.start'>[] = [];
  test.program.handlers['quantization.start'] = (input) => {
    asked.push(input);
    return { jobId: 'job-1' };
  };
  return { ...test, asked };
}

it('an int8 model is trained for its rounding on request', async () => {
  const { studio, program, asked } = await open();
  renderInStudio(studio, <QuantizePanel model={float} />);
  expect(program.calls).not.toContain('fineTuning.options');
  fireEvent.click(screen.getByRole('switch', { name: 'Train for int8' }));
  await waitFor(() => expect(program.calls).toContain('fineTuning.options'));
  fireEvent.click(screen.getByRole('combobox', { name: 'What is trained for int8' }));
  fireEvent.click(await screen.findByText('the last 2 blocks and the head'));
  fireEvent.click(screen.getByRole('button', { name: 'Quantize' }));
  await waitFor(() => expect(asked[0]?.settings.aware).toMatchObject({ blocks: 2, epochs: 10 }));
});

it('int16 values have photos and biases to choose, no ranges, inputs or training', async () => {
  const { studio, asked } = await open();
  renderInStudio(studio, <QuantizePanel model={float} />);
  expect(screen.getByRole('combobox', { name: 'Type of input and output' })).toBeTruthy();
  fireEvent.click(screen.getByRole('radio', { name: 'int16 values' }));
  expect(screen.getByText(/phone processors run it much slower than int8/)).toBeTruthy();
  expect(screen.getByLabelText('Calibration photos')).toBeTruthy();
  expect(screen.getByRole('switch', { name: 'Correct biases' })).toBeTruthy();
  expect(screen.queryByRole('combobox', { name: 'Type of input and output' })).toBeNull();
  expect(screen.queryByRole('switch', { name: 'Train for int8' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Quantize' }));
  await waitFor(() => expect(asked[0]?.settings.precision).toBe('int16x8'));
});

it('where blocks can’t be trained the head still can, and the reason is told', async () => {
  const { studio, program, asked } = await open();
  program.handlers['fineTuning.options'] = () => ({
    blocks: [{ blocks: 1, weights: 10 }],
    missing: { message: 'There is no library.', remedy: 'Run npm run tfjs-node:build.' },
  });
  renderInStudio(studio, <QuantizePanel model={float} />);
  fireEvent.click(screen.getByRole('switch', { name: 'Train for int8' }));
  expect(
    await screen.findByText(
      'Blocks can’t be trained here: There is no library. Run npm run tfjs-node:build.',
    ),
  ).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Quantize' }));
  await waitFor(() => expect(asked[0]?.settings.aware?.blocks).toBe(0));
});

it.each([
  [4, '+5.0 pts95.0% of 40 validation photos right; 90.0% by rounding alone'],
  [1, '+5.0 pts95.0% of 40 validation photos right; no epoch was better than rounding'],
])('tells what it was worth (best epoch %i)', async (bestEpoch, told) => {
  const { studio } = await open();
  const aware: AwareRecord = {
    ...{ engine: 'tfjs', epochs: 11, bestEpoch, weights: 100, photos: 40 },
    accuracy: { plain: 0.9, aware: 0.95 },
  };
  renderInStudio(studio, <AwareFact aware={aware} model={float} />);
  expect(document.body.textContent).toContain(told);
});
