import { RobustnessSection } from '@renderer/features/comparison/RobustnessSection';
import type { DisturbedScore, Robustness } from '@shared/domain/robustness';
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createFakeComparison } from '../../fakes/fake-comparison';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

const score = (correct: number): DisturbedScore => ({
  correct,
  interval: { low: 0.25, high: 0.75 },
  agreement: correct / 10,
});
const measured = (noisy: number): Robustness => ({
  at: '2026-03-04T09:30:00.000Z',
  runtime: 'Fake runtime 1.0',
  photos: 10,
  plain: [score(10), score(10)],
  effects: [
    { disturbance: 'blur', levels: [{ strength: 1, models: [score(9), score(9)] }] },
    { disturbance: 'noise', levels: [{ strength: 8, models: [score(8), score(noisy)] }] },
  ],
});

async function show(robustness?: Robustness) {
  const program = createFakeProgram({});
  const asked: unknown[] = [];
  program.handlers['evaluation.robustness'] = () => ({ robustness });
  program.handlers['evaluation.disturb'] = (input) => {
    asked.push(input);
    return { jobId: 'job-1' };
  };
  const { studio } = await openTestStudio(program);
  renderInStudio(
    studio,
    <RobustnessSection comparison={createFakeComparison()} names={['float32', 'int8']} />,
  );
  return { asked, section: screen.getByRole('region', { name: 'As pictures get worse' }) };
}

it('shows a chart a kind, the figures, and where the models part', async () => {
  const { section } = await show(measured(5));
  expect(
    await within(section).findByText(
      'They part most where pictures are noisy (deviation 8 of 255): int8 has 3 of 10 photos fewer right than float32.',
    ),
  ).toBeTruthy();
  expect(within(section).getAllByRole('img')).toHaveLength(2);
  const rows = [...section.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  );
  expect(rows).toEqual([
    ['as they are', '100.0%25% – 75%', '100.0%25% – 75%100% same answer'],
    ['blurred, deviation 1 pixels of 224', '90.0%25% – 75%', '90.0%25% – 75%90% same answer'],
    ['noisy, deviation 8 of 255', '80.0%25% – 75%', '50.0%25% – 75%50% same answer'],
  ]);
});

it('says so when they do not part', async () => {
  const { section } = await show(measured(8));
  expect(await within(section).findByText(/equally many of 10 photos/)).toBeTruthy();
});

it('measures when asked to', async () => {
  const { section, asked } = await show();
  fireEvent.click(await within(section).findByRole('button', { name: 'Measure' }));
  expect(within(section).queryByRole('img')).toBeNull();
  await expect.poll(() => asked).toEqual([{ comparisonId: 'comparison-1' }]);
});
