import { PreprocessingPanel } from '@renderer/features/training/PreprocessingPanel';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakePreprocessingCheck } from '../../../../fakes/fake-preprocessing-check';
import { fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { openStudioWithModels } from '../../fakes/studio-with-models';

const [model] = fakePair;
if (!model) throw new Error('The pair has two models');

it('shows the right way first, then mistakes, and which make no difference', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  program.handlers['preprocessing.lastCheck'] = () => ({ check: fakePreprocessingCheck });
  renderInStudio(studio, <PreprocessingPanel model={model} />);
  const rows = await screen.findAllByRole('row');
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringContaining('Mistake in the app'),
    'None: as the contract says97.5%93%whisk · 50%',
    'Blue before red50.0%52.5%71%grater · 90%',
  ]);
  expect(screen.getByText(/Too much of the picture, Values brought/)).toBeTruthy();
  expect(screen.getByText(/40 test photos of version-1 · LiteRT/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Check again' })).toBeTruthy();
});

it('checks this very model when asked', async () => {
  const { studio, program } = await openStudioWithModels({ models: fakePair });
  const asked: unknown[] = [];
  program.handlers['preprocessing.check'] = (input) => {
    asked.push(input);
    return { jobId: 'job-1' };
  };
  renderInStudio(studio, <PreprocessingPanel model={model} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Check' }));
  await waitFor(() => expect(asked).toEqual([{ modelId: model.id }]));
});
