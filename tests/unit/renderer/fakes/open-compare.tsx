import { ComparisonPlace } from '@renderer/features/comparison/ComparisonPlace';
import type { Comparison } from '@shared/domain/comparison';
import { screen } from '@testing-library/react';
import { createFakeComparison, fakePair } from './fake-comparison';
import { renderInStudio } from './render-studio';
import { openStudioWithModels } from './studio-with-models';

/** The Compare place with what a test has in its project. */
export async function openCompare(content: Parameters<typeof openStudioWithModels>[0]) {
  const test = await openStudioWithModels(content);
  renderInStudio(test.studio, <ComparisonPlace />);
  return test;
}

/** The same, with a comparison that is shown. */
export async function openReport(comparison: Comparison = createFakeComparison()) {
  const test = await openCompare({ models: fakePair, comparisons: [comparison] });
  await screen.findByRole('article');
  return test;
}

/** The button that begins a comparison. */
export const runButton = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Compare/ });
/** Ids of the photos that are shown. */
export const thumbnails = (inside: HTMLElement = document.body) =>
  [...inside.querySelectorAll('img')]
    .map((image) => /photo\/(\d+)\/thumbnail/.exec(image.src)?.[1])
    .filter((id) => id !== undefined)
    .map(Number);
