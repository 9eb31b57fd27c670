import { ModelColumns } from '@renderer/features/comparison/ModelColumns';
import type { Comparison, Machine, ModelResult } from '@shared/domain/comparison';
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createFakeComparison } from '../../fakes/fake-comparison';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

const machine: Machine = { cpu: 'Fast One', cores: 4, runtime: 'LiteRT 2.3.0 native' };

/** Names, values and details of the second model's costs. */
async function costs(own: readonly Partial<ModelResult>[], machineOf?: Machine) {
  const fake = createFakeComparison();
  const comparison: Comparison = {
    ...fake,
    machine: machineOf,
    models: fake.models.map((model, index) => ({ ...model, ...own[index] })),
  };
  const { studio } = await openTestStudio(createFakeProgram({}));
  renderInStudio(studio, <ModelColumns comparison={comparison} names={['float32', 'int8']} />);
  const column = screen.getByRole('region', { name: 'int8' });
  return (name: RegExp) => {
    const named = [...column.querySelectorAll('div')].find(
      ({ textContent, children }) => children.length === 0 && name.test(textContent),
    );
    return [...(named?.parentElement?.children ?? [])].map((part) => part.textContent);
  };
}

const latency = (p50: number, threads: number) => ({
  p50,
  p95: 2 * p50,
  runs: 50,
  warmupRuns: 8,
  threads,
});

it('tells latency with one thread and with several, and memory, against the first model', async () => {
  const of = await costs(
    [
      { threadedLatencyMs: latency(24, 4), memory: { peakBytes: 40_000_000, of: 'process' } },
      { threadedLatencyMs: latency(8, 4), memory: { peakBytes: 16_000_000, of: 'process' } },
    ],
    machine,
  );
  expect(of(/^Latency, 1 thread$/)).toEqual([
    'Latency, 1 thread',
    '20.0 ms',
    'p95 60.0 ms · 2.0× faster',
  ]);
  expect(of(/^Latency, 4 threads$/)).toEqual([
    'Latency, 4 threads',
    '8.00 ms',
    'p95 16.0 ms · 3.0× faster',
  ]);
  expect(of(/^Memory$/)).toEqual(['Memory', '16 MB', '2.5× less']);
});

it('says why there is no latency with several threads', async () => {
  const of = await costs([], { ...machine, oneThread: 'runtime' });
  expect(of(/several threads/)).toEqual([
    'Latency, several threads',
    'not measured',
    'WebAssembly has one thread here',
  ]);
});

it('says of a comparison of before that these figures were not measured', async () => {
  const of = await costs([]);
  const before = 'compared before this was measured';
  expect(of(/several threads/).slice(1)).toEqual(['not measured', before]);
  expect(of(/^Memory$/).slice(1)).toEqual(['not measured', before]);
});
