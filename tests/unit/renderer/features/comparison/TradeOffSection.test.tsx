import { TradeOffSection } from '@renderer/features/comparison/TradeOffSection';
import type { MeasuredModel } from '@shared/domain/trade-off';
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

const model = (modelId: string, top1: number, bytes: number, p50: number): MeasuredModel => ({
  modelId,
  name: `Lite0 ${modelId}`,
  precision: 'int8',
  bytes,
  top1,
  top1Interval: { low: top1 - 0.05, high: top1 },
  p50,
  comparisonId: 'comparison-1',
});

async function open() {
  const { studio } = await openTestStudio(createFakeProgram({}));
  renderInStudio(
    studio,
    <TradeOffSection
      tradeOff={{
        split: 'test',
        photos: 42,
        runtime: 'LiteRT 2.5.3',
        generated: false,
        models: [
          model('model-1', 1, 13_000_000, 20),
          model('model-2', 0.95, 4_000_000, 9),
          model('model-3', 0.9, 7_000_000, 8),
        ],
        leftOut: [{ modelId: 'model-4', name: 'Old one', why: 'other-photos' }],
      }}
    />,
  );
}

const rows = () =>
  within(screen.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent));

it('numbers the dots as the rows, and marks what no other model beats', async () => {
  await open();
  expect(screen.getByRole('img', { name: 'Accuracy over File size, a numbered dot a model' }));
  expect(rows().map((cells) => [cells[0], cells[1], cells[6]])).toEqual([
    ['1', 'Lite0 model-2', 'yes'],
    ['2', 'Lite0 model-3', 'no'],
    ['3', 'Lite0 model-1', 'yes'],
  ]);
  expect(screen.getByText(/42 test photos, by LiteRT 2.5.3/)).toBeTruthy();
  expect(
    screen.getByText(/Old one \(model-4\) is not shown: it was measured on other photos/),
  ).toBeTruthy();
});

it('holds accuracy against latency when asked', async () => {
  await open();
  fireEvent.click(screen.getByText('Latency p50 on this machine', { selector: 'span' }));
  expect(rows().map((cells) => [cells[1], cells[6]])).toEqual([
    ['Lite0 model-3', 'yes'],
    ['Lite0 model-2', 'yes'],
    ['Lite0 model-1', 'yes'],
  ]);
});
