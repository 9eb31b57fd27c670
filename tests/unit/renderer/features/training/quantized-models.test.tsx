import { LadderPanel } from '@renderer/features/training/LadderPanel';
import { LayerErrors } from '@renderer/features/training/LayerErrors';
import { quantizationSettingsSchema } from '@shared/domain/model';
import { type Ladder, int8Rungs } from '@shared/domain/quantization-ladder';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { openStudioWithModels } from '../../fakes/studio-with-models';

const [int8, float] = fakePair;
if (!int8 || !float) throw new Error('The pair has two models');

const rungs = int8Rungs(quantizationSettingsSchema.parse({}));

function ladder(change: Partial<Ladder> = {}): Ladder {
  const [plain, corrected, information] = rungs;
  if (!plain || !corrected || !information) throw new Error('There are more rungs');
  return {
    parentId: 'model-1',
    versionId: 'version-1',
    budget: 0.005,
    photos: 40,
    float: { bytes: 13_500_000, correct: 40, latencyMs: 36 },
    rungs: [
      { settings: plain, outcome: 'below', bytes: 4_000_000, correct: 30, latencyMs: 20 },
      { settings: corrected, outcome: 'broken', reason: 'It answers one label.' },
      { settings: information, outcome: 'within', bytes: 4_000_000, correct: 40, latencyMs: 21 },
    ],
    modelId: 'model-2',
    runtime: 'LiteRT',
    at: '2026-01-02T03:04:05.000Z',
    ...change,
  };
}

it('the ladder says what became of each form, and why one is broken', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  program.handlers['quantization.ladder'] = () => ({ ladder: ladder() });
  renderInStudio(studio, <LadderPanel model={float} />);
  const rows = await screen.findAllByRole('row');
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringContaining('Outcome'),
    expect.stringContaining('float3213.5 MB100.0% (40 / 40)'),
    expect.stringMatching(/^int8.*75\.0% \(30 \/ 40\).*Loses too much$/),
    expect.stringMatching(/biases corrected.*It answers one label\.$/),
    expect.stringMatching(/least information lost.*Kept$/),
  ]);
  expect(screen.getByRole('status').textContent).toContain('at most 0.5 points');
});

it('the ladder says when no form will do', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  program.handlers['quantization.ladder'] = () => ({ ladder: ladder({ modelId: undefined }) });
  renderInStudio(studio, <LadderPanel model={float} />);
  expect((await screen.findByRole('status')).textContent).toContain('nothing was kept');
});

it('a climb begins with the points that were entered, as a share', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  const asked: unknown[] = [];
  program.handlers['quantization.climb'] = (input) => {
    asked.push(input);
    return { jobId: 'job-1' };
  };
  renderInStudio(studio, <LadderPanel model={float} />);
  fireEvent.change(screen.getByLabelText('Accuracy that may be lost'), {
    target: { value: 'at most 2 points below float32' },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Find it' }));
  await waitFor(() => expect(asked).toMatchObject([{ modelId: 'model-1', budget: 0.02 }]));
});

it('layers are measured when asked, the worst shown first, all on request', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  const layers = Array.from({ length: 14 }, (_, i) => ({
    name: `layer ${i}`,
    operator: 'CONV_2D',
    signalToNoise: 10 + i,
    added: 0.5,
    clipped: i === 0 ? 0.0123 : 0,
    // One kept in float has no range.
    ...(i === 0 ? { histogram: [0.0023, 0.5, 0.4877, ...Array<number>(28).fill(0), 0.01] } : {}),
  }));
  program.handlers['quantization.layers'] = () => ({ photos: 16, layers, runtime: 'LiteRT' });
  renderInStudio(studio, <LayerErrors model={int8} />);
  expect(screen.queryByRole('row')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Measure' }));
  const [, first] = await screen.findAllByRole('row');
  expect(first && within(first).getByText('10.0 dB')).toBeTruthy();
  expect(first?.textContent).toContain('1.23%');
  const histogram = screen.getByRole('img', {
    name: '0.23% below the range, 1.00% above it; values in 2 of its 30 parts',
  });
  const bars = [...histogram.querySelectorAll('rect')];
  const tallest = bars.map((bar) => Number(bar.getAttribute('height')));
  expect(tallest.indexOf(Math.max(...tallest))).toBe(1);
  expect(bars.filter((bar) => bar.hasAttribute('data-beyond'))).toHaveLength(2);
  expect(screen.getAllByRole('row')).toHaveLength(11);
  fireEvent.click(screen.getByRole('button', { name: 'Show all 14' }));
  expect(screen.getAllByRole('row')).toHaveLength(15);
});

it('a layer that is ticked is kept in float when the model is quantized again', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  const layer = { name: 'stem', operator: 'CONV_2D', signalToNoise: 9, added: 1, clipped: 0 };
  program.handlers['quantization.layers'] = () => ({
    photos: 16,
    layers: [layer, { ...layer, name: 'head' }],
    runtime: 'LiteRT',
  });
  const asked: unknown[] = [];
  program.handlers['quantization.start'] = (input) => {
    asked.push(input);
    return { jobId: 'job-1' };
  };
  const settings = quantizationSettingsSchema.parse({ keepFloat: ['head'] });
  const check = { photos: 4, agreement: 1, largestDifference: 0 };
  const quantization = { settings, calibrationPhotos: 9, seconds: 1, changes: [], check };
  renderInStudio(studio, <LayerErrors model={{ ...int8, parentId: 'model-1', quantization }} />);
  fireEvent.click(screen.getByRole('button', { name: 'Measure' }));
  expect(await screen.findByText('in float')).toBeTruthy();
  expect(screen.queryByRole('checkbox', { name: 'Keep head in float' })).toBeNull();
  fireEvent.click(screen.getByRole('checkbox', { name: 'Keep stem in float' }));
  fireEvent.click(screen.getByRole('button', { name: 'Quantize again with these in float' }));
  await waitFor(() =>
    expect(asked).toMatchObject([
      { modelId: 'model-1', settings: { precision: 'int8', keepFloat: ['head', 'stem'] } },
    ]),
  );
});
