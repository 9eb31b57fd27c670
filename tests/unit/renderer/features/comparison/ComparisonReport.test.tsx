import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createFakeComparison, fakeAnswer, fakeAnswers } from '../../fakes/fake-comparison';
import { openReport, thumbnails } from '../../fakes/open-compare';

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
