import { comparisonActions } from '@renderer/features/comparison/comparison-actions';
import { ComparisonPlace } from '@renderer/features/comparison/ComparisonPlace';
import { comparisonPlace } from '@renderer/features/comparison/comparison-place';
import { AppError } from '@shared/api/errors';
import type { Comparison } from '@shared/domain/comparison';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  createFakeComparison,
  fakeAnswer,
  fakeAnswers,
  fakePair,
} from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { fakeJob, openStudioWithModels } from '../../fakes/studio-with-models';

async function open(content: Parameters<typeof openStudioWithModels>[0]) {
  const test = await openStudioWithModels(content);
  renderInStudio(test.studio, <ComparisonPlace />);
  return test;
}

async function openReport(comparison: Comparison = createFakeComparison()) {
  const test = await open({ models: fakePair, comparisons: [comparison] });
  await screen.findByRole('article');
  return test;
}

const runButton = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Compare/ });
const thumbnails = (inside: HTMLElement = document.body) =>
  [...inside.querySelectorAll('img')]
    .map((image) => /photo\/(\d+)\/thumbnail/.exec(image.src)?.[1])
    .filter((id) => id !== undefined)
    .map(Number);

describe('an empty Compare place', () => {
  it('sends to Train while there is no model', async () => {
    const { studio } = await open({});
    expect(screen.getByText('Nothing to compare yet')).toBeTruthy();
    fireEvent.click(screen.getByText('Go to Train'));
    expect(studio.stores.view.getState().place).toBe('train');
  });

  it('says that a lone model has to be quantized', async () => {
    await open({ models: fakePair.slice(1) });
    expect(screen.getByText(/Quantize it in Train/)).toBeTruthy();
  });

  it('says what a comparison gives while none was run', async () => {
    await open({ models: fakePair });
    expect(screen.getByText('Compare two models on the same photos')).toBeTruthy();
  });
});

describe('running a comparison', () => {
  it('takes the newest quantized model and its parent on the test photos', async () => {
    const { started } = await open({ models: fakePair });
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
    const { studio, started } = await open({ models: fakePair });
    studio.stores.comparisons
      .getState()
      .choose({ firstId: 'model-2', secondId: 'model-1', split: 'validation' });
    const action = comparisonActions(studio).find(({ id }) => id === 'comparison.run');
    expect(action?.enabled?.()).toBe(true);
    await action?.run();
    expect(started[0]?.input).toEqual({ modelIds: ['model-2', 'model-1'], split: 'validation' });
  });

  it('refuses a model against itself', async () => {
    const { studio } = await open({ models: fakePair });
    studio.stores.comparisons.getState().choose({ secondId: 'model-1' });
    await screen.findByText('Choose two different models.');
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
    const { started } = await open({
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
    const { program } = await open({
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

describe('a comparison', () => {
  it('begins with its sentence and has both models in columns', async () => {
    const comparison = createFakeComparison();
    await openReport(comparison);
    expect(within(screen.getByRole('article')).getByText(comparison.verdict)).toBeTruthy();
    const int8 = within(screen.getByRole('region', { name: 'int8' }));
    expect(int8.getByText('60.0%')).toBeTruthy();
    expect(int8.getByText('4.0× smaller')).toBeTruthy();
    expect(int8.getByText('p95 60.0 ms · 2.0× faster')).toBeTruthy();
    expect(int8.getByRole('img').getAttribute('aria-label')).toMatch(/95% interval/);
  });

  it('calls drawn pictures generated, and photographs not', async () => {
    await openReport(createFakeComparison(fakeAnswers, { generated: true }));
    expect(screen.getByText('Generated')).toBeTruthy();
    const report = within(screen.getByRole('article'));
    expect(report.getByText(/judge again on photographs of your own/)).toBeTruthy();
  });

  it('has no such mark on photographs', async () => {
    await openReport();
    expect(screen.queryByText('Generated')).toBeNull();
  });

  it('lists flips with the costliest first and narrows them', async () => {
    await openReport();
    expect(screen.getByText('3 photos changed their answer')).toBeTruthy();
    expect(thumbnails()).toEqual([4, 1, 2]);
    fireEvent.click(screen.getByLabelText('Gained 1'));
    expect(thumbnails()).toEqual([2]);
    fireEvent.click(screen.getByLabelText('Both wrong 0'));
    expect(screen.getByText('No photo changed that way.')).toBeTruthy();
  });

  it('without flips says so and shows what moved most', async () => {
    await openReport(
      createFakeComparison([fakeAnswer(1, 0, 0.9, 0.88), fakeAnswer(2, 0, 0.9, 0.6)]),
    );
    expect(screen.getByText('No photo changed its answer')).toBeTruthy();
    expect(thumbnails()).toEqual([2, 1]);
  });

  it('opens a flip large, and arrows go on to the next', async () => {
    await openReport();
    fireEvent.click(screen.getByRole('button', { name: /Photo 4/ }));
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText('photo-00004.jpg');
    expect(dialog.querySelector('img[src^="/media/photo/4/display?v="]')).toBeTruthy();
    fireEvent.keyDown(within(dialog).getByText('1 of 3'), { key: 'ArrowRight' });
    await within(dialog).findByText('2 of 3');
    expect(dialog.querySelector('img[src^="/media/photo/1/display?v="]')).toBeTruthy();
  });

  it('opens the photos of a cell', async () => {
    await openReport();
    const matrix = screen.getByRole('grid', { name: 'Confusion matrix of float32' });
    fireEvent.click(within(matrix).getByLabelText('banana answered as banana: 2 photos'));
    const dialog = await screen.findByRole('dialog');
    expect(thumbnails(dialog)).toEqual([1, 3]);
  });

  it('opens what moved from a cell of the difference, even when the counts are equal', async () => {
    await openReport();
    const matrix = screen.getByRole('grid', { name: 'Change from float32 to int8' });
    fireEvent.click(within(matrix).getByText('±0', { selector: '[data-cell="0 1"]' }));
    expect(thumbnails(await screen.findByRole('dialog'))).toEqual([1, 2]);
  });

  it('opens nothing from an empty cell', async () => {
    await openReport();
    const matrix = screen.getByRole('grid', { name: 'Confusion matrix of float32' });
    fireEvent.click(within(matrix).getByLabelText('hat answered as banana: 0 photos'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('has one stop of the Tab key a matrix, from which arrows go on', async () => {
    await openReport();
    const matrix = screen.getByRole('grid', { name: 'Confusion matrix of int8' });
    const stops = () =>
      [...matrix.querySelectorAll('button')]
        .filter((cell) => cell.tabIndex === 0)
        .map((cell) => cell.dataset['cell']);
    expect(stops()).toEqual(['0 0']);
    fireEvent.keyDown(matrix, { key: 'ArrowDown' });
    fireEvent.keyDown(matrix, { key: 'ArrowRight' });
    fireEvent.keyDown(matrix, { key: 'ArrowRight' });
    expect(stops()).toEqual(['1 1']);
  });

  it('links its report and its figures', async () => {
    await openReport();
    const report = screen.getByRole<HTMLAnchorElement>('link', { name: 'Open report' });
    expect(report.getAttribute('href')).toBe('/media/comparison/comparison-1/report.html');
    expect(report.target).toBe('_blank');
    const json = screen.getByRole('link', { name: 'JSON' });
    expect(json.getAttribute('href')).toBe('/media/comparison/comparison-1/report.json');
  });

  it('says how many photos were left out and why', async () => {
    await openReport(
      createFakeComparison(fakeAnswers, {
        skipped: [{ photoId: 9, reason: 'The file is missing.' }],
      }),
    );
    expect(screen.getByText('1 photo was left out: The file is missing.')).toBeTruthy();
  });
});

describe('the calibration of each model', () => {
  it('is drawn, and in figures beside it', async () => {
    await openReport();
    const diagram = screen.getByRole('img', { name: /^Reliability of int8/ });
    expect(diagram.querySelectorAll('circle')).toHaveLength(1);
    const section = diagram.closest('section') ?? document.body;
    // 0.7, 0.6, 0.9, 0.9, 0.8 on average 0.78 and 4 of 5 right; 0.6, 0.8, 0.85, 0.95, 0.9: 0.82, 3 of 5.
    expect(within(section).getByText('2.0%')).toBeTruthy();
    expect(within(section).getByText('22.0%')).toBeTruthy();
  });
});

describe('saved comparisons', () => {
  const older = createFakeComparison([fakeAnswer(1, 0, 0.9, 0.8)], { id: 'comparison-1' });
  const newer = createFakeComparison(fakeAnswers, { id: 'comparison-2' });

  it('open without running anything', async () => {
    const { started } = await open({ models: fakePair, comparisons: [newer, older] });
    await screen.findByText('3 photos changed their answer');
    const [, entry] = within(
      screen.getByRole('navigation', { name: 'Saved comparisons' }),
    ).getAllByRole('button');
    fireEvent.click(entry ?? document.body);
    await screen.findByText('No photo changed its answer');
    expect(started).toEqual([]);
  });

  it('say so in place when one cannot be read', async () => {
    const { program, studio } = await openReport(newer);
    program.handlers['evaluation.comparison'] = () => {
      throw new AppError('not-found', 'There is no comparison-9.', 'Choose another.');
    };
    studio.stores.comparisons.getState().open('comparison-9');
    await screen.findByText('There is no comparison-9.');
    expect(screen.queryByRole('article')).toBeNull();
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

describe('a saved comparison', () => {
  it('is run again with its own models and split', async () => {
    const { started } = await openReport({ ...createFakeComparison(), split: 'validation' });
    fireEvent.click(screen.getByRole('button', { name: 'Run again' }));
    await waitFor(() => expect(started).toHaveLength(1));
    expect(started[0]).toEqual({
      method: 'evaluation.compare',
      input: {
        modelIds: createFakeComparison().models.map((it) => it.modelId),
        split: 'validation',
      },
    });
  });

  it('keeps what is written about it', async () => {
    const { program } = await openReport();
    const notes: unknown[] = [];
    program.handlers['evaluation.setNote'] = (input) => {
      notes.push(input);
      return {};
    };
    const field = screen.getByRole('textbox', { name: 'Note' });
    fireEvent.change(field, { target: { value: 'for the fair' } });
    fireEvent.blur(field);
    const { id: comparisonId } = createFakeComparison();
    await waitFor(() => expect(notes).toEqual([{ comparisonId, note: 'for the fair' }]));
  });

  it('shows no note that was taken back', async () => {
    const { program } = await openReport();
    program.handlers['evaluation.setNote'] = () => {
      throw new Error('Nothing is to be saved');
    };
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' });
    fireEvent.change(field, { target: { value: 'no' } });
    fireEvent.keyDown(field, { key: 'Escape' });
    fireEvent.blur(field);
    expect(field.value).toBe('');
  });
});
