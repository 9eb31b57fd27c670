import { describe, expect, test } from 'vitest';
import {
  callContext,
  registerSteered,
  settle,
  useJobService,
} from '../../../../fixtures/job-service';

const opened = useJobService();

describe('the list', () => {
  test('has the newest first and at most 50 finished ones, before and after a restart', async () => {
    opened.service.jobs.register('export', { resumable: false, run: async () => ({}) });
    const runs = registerSteered(opened.service, 'train');
    const running = opened.service.jobs.start('train', 'Training', {});
    for (let i = 0; i < 60; i++) opened.service.jobs.start('export', `Export ${i}`, {});
    await settle();
    const jobs = await opened.list();
    expect(runs).toHaveLength(1);
    expect(jobs).toHaveLength(51);
    expect(jobs[0]?.title).toBe('Export 59');
    expect(jobs.at(-1)?.id).toBe(running);

    // The one that ran is finished now too: interrupted.
    opened.service = opened.reopen();
    expect(await opened.list()).toHaveLength(50);
    const stored = opened.database.get<{ n: number }>('SELECT count(*) AS n FROM jobs');
    expect(stored?.n).toBe(50);
  });

  test('a dismissed job is gone for good and its number is not used again', async () => {
    opened.service.jobs.register('export', { resumable: false, run: async () => ({}) });
    const id = opened.service.jobs.start('export', 'Export', {});
    await settle();
    await opened.service.handlers['jobs.dismiss']({ jobId: id }, callContext);
    expect(await opened.list()).toEqual([]);
    opened.service = opened.reopen();
    opened.service.jobs.register('export', { resumable: false, run: async () => ({}) });
    expect(opened.service.jobs.start('export', 'Export', {})).toBe('job-2');
    await settle();
  });

  test('what runs can not be dismissed', async () => {
    registerSteered(opened.service, 'train');
    const id = opened.service.jobs.start('train', 'Training', {});
    await settle();
    expect(() => opened.service.handlers['jobs.dismiss']({ jobId: id }, callContext)).toThrow(
      expect.objectContaining({ code: 'busy' }),
    );
  });
});
