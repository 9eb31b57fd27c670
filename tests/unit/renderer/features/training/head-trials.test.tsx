import { HeadSearchDialog } from '@renderer/features/training/trials/HeadSearchDialog';
import { LearningCurveDialog } from '@renderer/features/training/trials/LearningCurveDialog';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeCurve, fakeSearch } from '../../../../fakes/fake-head-trials';
import { fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { openStudioWithModels } from '../../fakes/studio-with-models';

it('the curve says whether more photos help, and which labels need them', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  program.handlers['headTrials.curve'] = () => ({ curve: fakeCurve });
  renderInStudio(studio, <LearningCurveDialog />);
  fireEvent.click(screen.getByRole('button', { name: 'Would more photos help?' }));
  expect((await screen.findByRole('status')).textContent).toContain(
    'Probably yes: the last doubling of photos brought +10.0 pts (+4.0 pts to +16.0 pts)',
  );
  expect(screen.getByRole('img', { name: /40 photos 80\.0%, 80 photos 90\.0%/ })).toBeTruthy();
  const [, first] = screen.getAllByRole('row');
  expect(first?.textContent).toBe('whisk4070.0%85.0%');
  expect(screen.getByText(/5 folds of 100 of 240 .* · Lite0 · tfjs/)).toBeTruthy();
});

it('the curve is measured with the settings that are set', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  const asked: unknown[] = [];
  program.handlers['headTrials.measureCurve'] = (input) => {
    asked.push(input);
    return { jobId: 'job-1' };
  };
  studio.stores.training.getState().change({ seed: 7 });
  renderInStudio(studio, <LearningCurveDialog />);
  fireEvent.click(screen.getByRole('button', { name: 'Would more photos help?' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Measure' }));
  await waitFor(() => expect(asked).toMatchObject([{ settings: { seed: 7 } }]));
});

it('settings that were found are taken over with a click', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  program.handlers['headTrials.lastSearch'] = () => ({ search: fakeSearch });
  renderInStudio(studio, <HeadSearchDialog />);
  fireEvent.click(screen.getByRole('button', { name: 'Search for better settings' }));
  expect((await screen.findByRole('status')).textContent).toContain('+10.0 pts better');
  const [, best, current] = screen.getAllByRole('row');
  if (!best || !current) throw new Error('Two heads were tried');
  expect(within(current).getByText(/current/)).toBeTruthy();
  expect(within(current).getByRole('button', { name: 'In use' })).toHaveProperty('disabled', true);
  fireEvent.click(within(best).getByRole('button', { name: 'Use these' }));
  expect(studio.stores.training.getState().settings).toMatchObject({
    learningRate: 0.01,
    hiddenUnits: 64,
  });
  expect(within(best).getByRole('button', { name: 'In use' })).toBeTruthy();
});
