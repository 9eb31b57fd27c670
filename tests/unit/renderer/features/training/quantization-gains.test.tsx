import { ModelRecord } from '@renderer/features/training/ModelRecord';
import { QuantizePanel } from '@renderer/features/training/QuantizePanel';
import type { ParsedInput } from '@shared/api/contract';
import type { QuantizationGains } from '@shared/domain/quantization-gains';
import { quantizationSettingsSchema } from '@shared/domain/model';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { openStudioWithModels } from '../../fakes/studio-with-models';

const [int8, float] = fakePair;
if (!int8 || !float) throw new Error('The pair has two models');

async function open() {
  const test = await openStudioWithModels({ models: fakePair });
  const asked: ParsedInput<'quantization.start'>[] = [];
  test.program.handlers['quantization.start'] = (input) => {
    asked.push(input);
    return { jobId: 'job-1' };
  };
  return { ...test, asked };
}

it.each([
  ['int8', ['Correct biases', 'Equalize channels', 'Search rounding']],
  ['int16 values', ['Correct biases', 'Search rounding']],
  ['int8 weights', ['Correct biases', 'Search rounding']],
  ['dynamic range', ['Correct biases', 'Search rounding']],
  ['float16', []],
])('%s has the corrections that it can have', async (name, corrections) => {
  const { studio } = await open();
  renderInStudio(studio, <QuantizePanel model={float} />);
  fireEvent.click(screen.getByRole('radio', { name }));
  const shown = ['Correct biases', 'Equalize channels', 'Search rounding'].filter((label) =>
    screen.queryByRole('switch', { name: label }),
  );
  expect(shown).toEqual(corrections);
  expect(screen.queryByText(/Nothing is calibrated/)).toBeNull();
});

it('photos are asked for while a correction needs them', async () => {
  const { studio, asked } = await open();
  renderInStudio(studio, <QuantizePanel model={float} />);
  fireEvent.click(screen.getByRole('radio', { name: 'int8 weights' }));
  const photos = screen.getByLabelText<HTMLInputElement>('Calibration photos');
  expect(photos.disabled).toBe(false);
  fireEvent.click(screen.getByRole('switch', { name: 'Correct biases' }));
  expect(photos.disabled).toBe(true);
  fireEvent.click(screen.getByRole('switch', { name: 'Search rounding' }));
  expect(photos.disabled).toBe(false);
  fireEvent.click(screen.getByRole('button', { name: 'Quantize' }));
  await waitFor(() =>
    expect(asked[0]?.settings).toMatchObject({
      precision: 'int8-weights',
      biasCorrection: false,
      roundingSearch: true,
    }),
  );
});

it('training for int8 takes the search away', async () => {
  const { studio, asked } = await open();
  renderInStudio(studio, <QuantizePanel model={float} />);
  fireEvent.click(screen.getByRole('switch', { name: 'Search rounding' }));
  fireEvent.click(screen.getByRole('switch', { name: 'Train for int8' }));
  expect(screen.queryByRole('switch', { name: 'Search rounding' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Quantize' }));
  await waitFor(() => expect(asked[0]?.settings.aware).toBeDefined());
  expect(asked[0]?.settings.roundingSearch).toBe(false);
});

it('a quantized model tells what each correction gained, and where none was', async () => {
  const gains: QuantizationGains = {
    photos: 42,
    floatCorrect: 41,
    all: { correct: 41, agreeing: 40, signalToNoise: 21.44 },
    without: [
      { correction: 'equalization', correct: 41, agreeing: 40, signalToNoise: 21.44 },
      { correction: 'biasCorrection', correct: 38, agreeing: 37, signalToNoise: 9.96 },
    ],
  };
  const settings = quantizationSettingsSchema.parse({ equalization: true });
  const check = { photos: 64, agreement: 1, largestDifference: 0.01 };
  const made = { settings, calibrationPhotos: 100, seconds: 1, changes: [], check, gains };
  const { studio } = await open();
  renderInStudio(studio, <ModelRecord model={{ ...int8, quantization: made }} />);
  const section = screen.getByRole('region', { name: 'What each correction gained' });
  const rows = within(section).getAllByRole('row');
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringContaining('Verdict'),
    'Equalized channels21.4 → 21.4 dB40 → 4041 → 41No gain',
    'Corrected biases10.0 → 21.4 dB37 → 4038 → 41Gain',
  ]);
  expect(section.textContent).toContain('on 42 validation photos');
});
