import { SlicesSection } from '@renderer/features/comparison/SlicesSection';
import type { OpenPhotos } from '@renderer/features/comparison/PhotosDialog';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
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

const pair = { comparison: createFakeComparison(), secondIndex: 1, onOpen: () => undefined };

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
  renderInStudio(studio, <SlicesSection {...pair} names={names} />);
  const section = await screen.findByRole('region', { name: 'Part by part' });
  const [days, brightness] = await within(section).findAllByRole('table');
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

it('says so where nothing parts the photos', async () => {
  const { studio } = await openTestStudio(createFakeProgram({}));
  renderInStudio(studio, <SlicesSection {...pair} names={[]} />);
  expect(await screen.findByText(/^Nothing parts these photos/)).toBeTruthy();
  expect(screen.queryByRole('table')).toBeNull();
});

it('opens the photos of a part, those that models have wrong first', async () => {
  const program = createFakeProgram({});
  const asked: unknown[] = [];
  program.handlers['evaluation.slices'] = () => ({
    slices: [
      { dimension: 'brightness', more: 0, slices: [slice('low', 4, 0.5), slice('high', 2, 1)] },
    ],
  });
  program.handlers['evaluation.slicePhotos'] = (input) => {
    asked.push(input);
    return { photoIds: [3, 1, 4] };
  };
  const { studio } = await openTestStudio(program);
  const opened: OpenPhotos[] = [];
  renderInStudio(
    studio,
    <SlicesSection
      {...pair}
      names={['float32', 'int8']}
      onOpen={(photos) => opened.push(photos)}
    />,
  );
  const row = await screen.findByRole('button', {
    name: 'Darkest third: open its 4 photos, wrong ones first',
  });
  // Reached by Tab, pressed by Enter and Space.
  expect(row.tagName).toBe('BUTTON');
  fireEvent.click(row);
  await waitFor(() => expect(opened).toHaveLength(1));
  expect(asked).toEqual([
    { comparisonId: pair.comparison.id, dimension: 'brightness', value: 'low' },
  ]);
  expect(opened[0]?.title).toBe('Brightness: Darkest third');
  // int8 takes 4 and 1 for something else, 4 with more certainty; 3 is right with both.
  expect(opened[0]?.photos.map(({ photoId }) => photoId)).toEqual([4, 1, 3]);
});
