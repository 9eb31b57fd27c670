import { comparisonActions } from '@renderer/features/comparison/comparison-actions';
import { comparisonPlace } from '@renderer/features/comparison/comparison-place';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createFakeComparison, fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { fakeJob, openStudioWithModels } from '../../fakes/studio-with-models';
import { openCompare, openReport, runButton } from '../../fakes/open-compare';

describe('an empty Compare place', () => {
  it('sends to Train while there is no model', async () => {
    const { studio } = await openCompare({});
    expect(screen.getByText('Nothing to compare yet')).toBeTruthy();
    fireEvent.click(screen.getByText('Go to Train'));
    expect(studio.stores.view.getState().place).toBe('train');
  });

  it('says that a lone model has to be quantized', async () => {
    await openCompare({ models: fakePair.slice(1) });
    expect(screen.getByText(/Quantize it in Train/)).toBeTruthy();
  });

  it('says what a comparison gives while none was run', async () => {
    await openCompare({ models: fakePair });
    expect(screen.getByText('Compare models on the same photos')).toBeTruthy();
  });
});

describe('running a comparison', () => {
  it('takes the newest quantized model and its parent on the test photos', async () => {
    const { started } = await openCompare({ models: fakePair });
    fireEvent.click(runButton());
    await waitFor(() =>
      expect(started).toEqual([
        {
          method: 'evaluation.compare',
          input: { modelIds: ['model-1', 'model-2'], split: 'test' },
        },
      ]),
    );
  });

  it('takes what was chosen, also by key', async () => {
    const { studio, started } = await openCompare({ models: fakePair });
    studio.stores.comparisons
      .getState()
      .choose({ firstId: 'model-2', otherIds: ['model-1'], split: 'validation' });
    const action = comparisonActions(studio).find(({ id }) => id === 'comparison.run');
    expect(action?.enabled?.()).toBe(true);
    await action?.run();
    expect(started[0]?.input).toEqual({ modelIds: ['model-2', 'model-1'], split: 'validation' });
  });

  it('refuses a model against itself', async () => {
    const { studio } = await openCompare({ models: fakePair });
    studio.stores.comparisons.getState().choose({ otherIds: ['model-1'] });
    await screen.findByText('Choose at least one model besides the first.');
    expect(runButton().disabled).toBe(true);
    const action = comparisonActions(studio).find(({ id }) => id === 'comparison.run');
    expect(action?.enabled?.()).toBe(false);
  });

  it('shows the new one when it is there, though an older one was open', async () => {
    const { studio } = await openReport();
    studio.stores.comparisons.getState().open('comparison-1');
    fireEvent.click(runButton());
    await waitFor(() => expect(studio.stores.comparisons.getState().openId).toBeUndefined());
  });

  it('shows progress in place and cancels that job', async () => {
    const { started } = await openCompare({
      models: fakePair,
      jobs: [fakeJob({ id: 'job-7', step: 'Answering' })],
    });
    expect(runButton().disabled).toBe(true);
    expect(screen.getByText('Answering')).toBeTruthy();
    fireEvent.click(screen.getByText('Cancel'));
    await waitFor(() =>
      expect(started).toEqual([{ method: 'jobs.cancel', input: { jobId: 'job-7' } }]),
    );
  });

  it('says in place why the last one failed, and can start it again', async () => {
    const { program } = await openCompare({
      models: fakePair,
      jobs: [
        fakeJob({
          state: 'failed',
          error: { code: 'not-ready', message: 'No test photos.', remedy: 'Label more.' },
        }),
      ],
    });
    expect(screen.getByRole('alert').textContent).toContain('No test photos. Label more.');
    fireEvent.click(screen.getByText('Start again'));
    await waitFor(() => expect(program.calls).toContain('jobs.resume'));
  });
});

describe('the status of Compare', () => {
  function Status() {
    return <output>{comparisonPlace.useStatus()}</output>;
  }

  it('is the newest difference in points', async () => {
    const { studio } = await openStudioWithModels({
      models: fakePair,
      comparisons: [createFakeComparison()],
    });
    renderInStudio(studio, <Status />);
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('−20.0 pts'));
  });

  it('says that one is running', async () => {
    const { studio } = await openStudioWithModels({ jobs: [fakeJob({})] });
    renderInStudio(studio, <Status />);
    expect(screen.getByRole('status').textContent).toBe('comparing…');
  });
});
