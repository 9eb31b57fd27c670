import { SlicesSection } from '@renderer/features/comparison/SlicesSection';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createFakeComparison } from '../../fakes/fake-comparison';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

const slice = (value: string, photos: number, top1: number) => ({
  value,
  photos,
  models: [
    { correct: photos * top1, top1, interval: { low: 0.4, high: 0.9 } },
    { correct: photos, top1: 1, interval: { low: 0.8, high: 1 } },
  ],
});

it('shows each part with its photos and what each model makes of them', async () => {
  const program = createFakeProgram({});
  program.handlers['evaluation.slices'] = () => ({
    slices: [
      { dimension: 'day', more: 2, slices: [slice('2026-01-05', 4, 0.75), slice('', 8, 1)] },
      { dimension: 'brightness', more: 0, slices: [slice('low', 6, 0.5), slice('high', 6, 1)] },
    ],
  });
  const { studio } = await openTestStudio(program);
  const names = ['float32', 'int8'];
  renderInStudio(studio, <SlicesSection comparison={createFakeComparison()} names={names} />);
  const section = await screen.findByRole('region', { name: 'Part by part' });
  const [days, brightness] = within(section).getAllByRole('table');
  const texts = (table: HTMLElement | undefined) =>
    [...(table?.querySelectorAll('tbody tr') ?? [])].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
  expect(texts(brightness)).toEqual([
    ['Darkest third', '6', '50.0%40% – 90%', '100.0%80% – 100%'],
    ['Brightest third', '6', '100.0%40% – 90%', '100.0%80% – 100%'],
  ]);
  expect(texts(days)[1]?.[0]).toBe('Not known');
  expect(within(section).getByText('2 parts with higher accuracy are not shown.')).toBeTruthy();
});

it('is not there where nothing parts the photos', async () => {
  const { studio } = await openTestStudio(createFakeProgram({}));
  renderInStudio(studio, <SlicesSection comparison={createFakeComparison()} names={[]} />);
  expect(screen.queryByRole('region')).toBeNull();
});
