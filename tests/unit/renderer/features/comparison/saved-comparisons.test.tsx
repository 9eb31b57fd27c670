import { AppError } from '@shared/api/errors';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  createFakeComparison,
  fakeAnswer,
  fakeAnswers,
  fakePair,
} from '../../fakes/fake-comparison';
import { openCompare, openReport } from '../../fakes/open-compare';

describe('saved comparisons', () => {
  const older = createFakeComparison([fakeAnswer(1, 0, 0.9, 0.8)], { id: 'comparison-1' });
  const newer = createFakeComparison(fakeAnswers, { id: 'comparison-2' });

  it('open without running anything', async () => {
    const { started } = await openCompare({ models: fakePair, comparisons: [newer, older] });
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
