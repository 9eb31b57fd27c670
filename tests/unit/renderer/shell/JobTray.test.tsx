import { JobTray } from '@renderer/shell/JobTray';
import type { Job } from '@shared/domain/job';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createFakeProgram } from '../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../fakes/render-studio';

const job = (id: number, change: Partial<Job>): Job => ({
  id: `job-${id}`,
  kind: 'train',
  state: 'running',
  title: `Job number ${id}`,
  done: 0,
  createdAt: '2026-01-02T03:04:05.000Z',
  log: [],
  resumable: true,
  ...change,
});

async function open(jobs: Job[]) {
  const program = createFakeProgram({ jobs });
  const { studio } = await openTestStudio(program);
  studio.stores.view.getState().set({ trayOpen: true });
  renderInStudio(studio, <JobTray />);
  const row = (title: string) => {
    const article = screen
      .getAllByRole('article')
      .find((candidate) => candidate.textContent.includes(title));
    if (!article) throw new Error(`no row ${title}`);
    return within(article);
  };
  return { program, studio, row };
}

describe('job tray', () => {
  it('says how far a running job is and can cancel it', async () => {
    const { program, row } = await open([
      job(1, { step: 'Computing features', done: 120, total: 280, remainingMs: 8000 }),
    ]);
    expect(
      row('Job number 1').getByText('Computing features · 120 of 280 · 8 s left'),
    ).toBeTruthy();
    expect(row('Job number 1').queryByText('Start again')).toBeNull();
    fireEvent.click(row('Job number 1').getByText('Cancel'));
    await waitFor(() => expect(program.calls).toContain('jobs.cancel'));
  });

  it('gives the error of a failed job with its remedy and a way to go on', async () => {
    const { program, row } = await open([
      job(1, {
        state: 'failed',
        error: { code: 'not-ready', message: 'One label only.', remedy: 'Label two things.' },
      }),
    ]);
    expect(row('Job number 1').getByText('One label only. Label two things.')).toBeTruthy();
    fireEvent.click(row('Job number 1').getByText('Start again'));
    await waitFor(() => expect(program.calls).toContain('jobs.resume'));
  });

  it('offers an interrupted job again, and a done one not', async () => {
    const { row } = await open([job(1, { state: 'interrupted' }), job(2, { state: 'done' })]);
    expect(row('Job number 1').getByText('Start again')).toBeTruthy();
    expect(row('Job number 2').queryByText('Start again')).toBeNull();
    expect(row('Job number 2').queryByText('Cancel')).toBeNull();
  });

  it('does not offer again what cannot be', async () => {
    const { row } = await open([job(1, { state: 'cancelled', resumable: false })]);
    expect(row('Job number 1').queryByText('Start again')).toBeNull();
  });

  it('takes a dismissed job off the list', async () => {
    const { row } = await open([job(1, { state: 'done' }), job(2, { state: 'done' })]);
    fireEvent.click(row('Job number 2').getByLabelText('Take off the list'));
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(1));
    expect(row('Job number 1')).toBeTruthy();
  });

  it('leads from an import to its report', async () => {
    const { studio, row } = await open([
      job(1, { kind: 'import', state: 'done', result: { importId: 'import-3' } }),
    ]);
    fireEvent.click(row('Job number 1').getByText('Report'));
    expect(studio.stores.view.getState().importReport).toEqual({ importId: 'import-3' });
  });

  it('follows a job as it goes', async () => {
    const { program, row } = await open([job(1, { done: 1, total: 4 })]);
    program.emit('jobs.changed', { job: job(1, { done: 3, total: 4 }) });
    await waitFor(() => expect(row('Job number 1').getByText('3 of 4')).toBeTruthy());
  });

  it('shows an upload that can be cancelled', async () => {
    const { studio, row } = await open([]);
    let isCancelled = false;
    const upload = studio.stores.uploads.getState().begin(() => (isCancelled = true));
    upload.progress({ doneFiles: 3, totalFiles: 12, doneBytes: 10, totalBytes: 40 });
    await waitFor(() => expect(row('Uploading 12 files').getByText(/3 of 12/)).toBeTruthy());
    fireEvent.click(row('Uploading 12 files').getByText('Cancel'));
    expect(isCancelled).toBe(true);
    upload.end();
    await waitFor(() => expect(screen.queryAllByRole('article')).toHaveLength(0));
  });
});
