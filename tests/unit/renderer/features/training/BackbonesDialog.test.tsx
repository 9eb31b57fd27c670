import { BackbonesDialog } from '@renderer/features/training/trials/BackbonesDialog';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeBackboneTrials } from '../../../../fakes/fake-backbone-trials';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

const opener = { name: 'Which one suits these photos?' };

async function show(trials?: typeof fakeBackboneTrials) {
  const program = createFakeProgram();
  program.handlers['headTrials.backbones'] = () => ({ trials });
  const asked: unknown[] = [];
  program.handlers['headTrials.compareBackbones'] = (input) => {
    asked.push(input);
    return { jobId: 'job-1' };
  };
  const { studio } = await openTestStudio(program);
  studio.stores.training.getState().change({ backbone: 'lite0' });
  renderInStudio(studio, <BackbonesDialog />);
  fireEvent.click(screen.getByRole('button', opener));
  return { studio, asked };
}

it('says which is better and what each costs, and takes one over with a click', async () => {
  const { studio } = await show(fakeBackboneTrials);
  expect((await screen.findByRole('status')).textContent).toBe(
    'Lite2 is +10.0 pts better than Lite0 (+2.0 pts to +18.0 pts).',
  );
  const [, first, second] = screen.getAllByRole('row');
  expect(first?.textContent).toContain('385 M');
  if (!second) throw new Error('There are two backbones');
  expect(second.textContent).toContain('9.6 MB820 M41.5 ms90.0%82.0% – 95.0%');
  fireEvent.click(within(second).getByRole('button', { name: 'Use this' }));
  expect(studio.stores.training.getState().settings.backbone).toBe('lite2');
  expect(within(second).getByRole('button', { name: 'In use' })).toBeTruthy();
});

it('says when none is clearly better', async () => {
  const trials = fakeBackboneTrials.trials.map((trial) => {
    return { ...trial, gain: { mean: 0.01, interval: { low: -0.03, high: 0.05 } } };
  });
  await show({ ...fakeBackboneTrials, trials });
  expect((await screen.findByRole('status')).textContent).toContain('None is clearly better');
});

it('compares with the settings that are set', async () => {
  const { asked } = await show();
  fireEvent.click(await screen.findByRole('button', { name: 'Compare' }));
  await waitFor(() => expect(asked).toMatchObject([{ settings: { backbone: 'lite0' } }]));
});
