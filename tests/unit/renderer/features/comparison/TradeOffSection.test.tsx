import { TradeOffSection } from '@renderer/features/comparison/TradeOffSection';
import type { MeasuredModel, TradeOff } from '@shared/domain/trade-off';
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

const model = (
  modelId: string,
  top1: number,
  bytes: number,
  p50: number,
  more: Partial<MeasuredModel> = {},
): MeasuredModel => ({
  modelId,
  name: `Lite0 ${modelId}`,
  precision: 'int8',
  bytes,
  top1,
  top1Interval: { low: top1 - 0.05, high: top1 },
  p50,
  comparisonId: 'comparison-1',
  ...more,
});

async function open(changes: Partial<TradeOff> = {}) {
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
        ...changes,
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
  fireEvent.click(screen.getByText('Latency, 1 thread', { selector: 'span' }));
  expect(rows().map((cells) => [cells[1], cells[6]])).toEqual([
    ['Lite0 model-3', 'yes'],
    ['Lite0 model-2', 'yes'],
    ['Lite0 model-1', 'yes'],
  ]);
});

it('holds accuracy against latency with threads, of those that were timed with them', async () => {
  await open({
    threads: 2,
    cpu: 'Fast One',
    models: [
      model('model-1', 1, 13_000_000, 20, { threadedP50: 11, peakBytes: 40_000_000 }),
      model('model-2', 0.95, 4_000_000, 9, { threadedP50: 12, peakBytes: 16_000_000 }),
      model('model-3', 0.9, 7_000_000, 8),
    ],
  });
  expect(screen.getByText(/by LiteRT 2.5.3, Fast One/)).toBeTruthy();
  fireEvent.click(screen.getByText('Latency, 2 threads', { selector: 'span' }));
  expect(
    screen.getByRole('img', { name: 'Accuracy over Latency, 2 threads, a numbered dot a model' }),
  );
  expect(rows()).toEqual([
    ['1', 'Lite0 model-1', '100.0%', '95% – 100%', '13 MB', '20.0 ms', '11.0 ms', '40 MB', 'yes'],
    ['2', 'Lite0 model-2', '95.0%', '90% – 95%', '4 MB', '9.00 ms', '12.0 ms', '16 MB', 'no'],
    [
      '',
      'Lite0 model-3',
      '90.0%',
      '85% – 90%',
      '7 MB',
      '8.00 ms',
      'not measured',
      'not measured',
      'no',
    ],
  ]);
});

it('offers no cost that no model was measured by', async () => {
  await open();
  expect(screen.queryByText(/threads|Memory/)).toBeNull();
});
