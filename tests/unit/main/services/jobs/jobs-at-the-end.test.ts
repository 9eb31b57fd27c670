import { describe, expect, test, vi } from 'vitest';
import {
  callContext,
  registerSteered,
  settle,
  useJobService,
} from '../../../../fixtures/job-service';

const opened = useJobService();

describe('when the program ends', () => {
  test('killed: what ran and waited is interrupted at the next opening and can be resumed', async () => {
    const runs = registerSteered(opened.service, 'train');
    const first = opened.service.jobs.start('train', 'First', { n: 1 });
    opened.service.jobs.start('train', 'Second', { n: 2 });
    await settle();
    runs[0]?.handle.progress({ done: 4, total: 10 });
    await vi.advanceTimersByTimeAsync(1500);
    runs[0]?.handle.progress({ done: 5 });

    opened.service = opened.reopen();
    const again = registerSteered(opened.service, 'train');
    expect((await opened.list()).map((job) => job.state)).toEqual(['interrupted', 'interrupted']);
    expect(await opened.jobOf(first)).toMatchObject({ done: 5, total: 10, resumable: true });
    const { jobId } = await opened.service.handlers['jobs.resume']({ jobId: first }, callContext);
    await settle();
    expect(jobId).toBe('job-3');
    expect(again[0]?.parameters).toEqual({ n: 1 });
  });

  test('killed: what begins by itself again is not listed', async () => {
    registerSteered(opened.service, 'features');
    opened.service.jobs.start('features', 'Preparing', {});
    await settle();
    const reopened = opened.reopen();
    reopened.jobs.register('features', {
      resumable: true,
      beginsByItself: true,
      run: () => Promise.resolve({}),
    });
    expect(await opened.list(reopened)).toEqual([]);
  });

  test('closed: what ran and waited is interrupted, and nothing starts any more', async () => {
    const runs = registerSteered(opened.service, 'train');
    opened.service.jobs.start('train', 'First', {});
    opened.service.jobs.start('train', 'Second', {});
    await settle();
    await opened.service.dispose();
    expect((await opened.list()).map((job) => job.state)).toEqual(['interrupted', 'interrupted']);
    expect(runs).toHaveLength(1);
    expect(() => opened.service.jobs.start('train', 'Third', {})).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });

  test('closed: a job that ends well meanwhile is done, one that was cancelled stays so', async () => {
    let finish: (result: Record<string, string>) => void = () => undefined;
    opened.service.jobs.register('export', {
      resumable: true,
      run: () => new Promise((resolve) => (finish = resolve)),
    });
    registerSteered(opened.service, 'train');
    const exporting = opened.service.jobs.start('export', 'Export', {});
    const training = opened.service.jobs.start('train', 'Training', {});
    await settle();
    await opened.service.handlers['jobs.cancel']({ jobId: training }, callContext);
    const disposing = opened.service.dispose();
    finish({ exportId: 'export-1' });
    await disposing;
    expect((await opened.jobOf(exporting))?.state).toBe('done');
    expect((await opened.jobOf(training))?.state).toBe('cancelled');
  });

  test('closed: a job that never stops is given up and writes nothing more', async () => {
    let finish: (result: Record<string, string>) => void = () => undefined;
    opened.service.jobs.register('export', {
      resumable: true,
      run: () => new Promise((resolve) => (finish = resolve)),
    });
    opened.service.jobs.start('export', 'Export', {});
    await settle();
    const disposing = opened.service.dispose();
    await vi.advanceTimersByTimeAsync(20_000);
    await disposing;
    expect((await opened.list())[0]?.state).toBe('interrupted');
    const shown = opened.changes.length;
    finish({});
    await settle();
    expect((await opened.list())[0]?.state).toBe('interrupted');
    expect(opened.changes).toHaveLength(shown);
    expect(opened.log.lines.join()).toContain('did not stop');
  });
});
