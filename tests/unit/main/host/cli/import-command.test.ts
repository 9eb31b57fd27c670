import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doneJob, started, studio } from '../../../../fakes/cli-studio';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';

describe('import', () => {
  const report = {
    importId: 'import-1',
    startedAt: '2026-01-01T00:00:00Z',
    added: 2,
    known: 1,
    conflicts: 0,
    ignored: 1,
    problems: [{ path: 'bad.jpg', reason: 'truncated', message: 'The file ends too early.' }],
  };

  it('stages absolute paths, waits and lists what was left out', async () => {
    const seen: unknown[] = [];
    const app = studio({
      ...doneJob({ importId: 'import-1' }),
      'dataset.importPhotos': (input) => {
        seen.push(input);
        return started;
      },
      'dataset.importReport': () => ({ report }),
    });
    const run = await runFakeCli(app, ['import', 'p', 'a', '/b', '--copy']);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('2 photos added.');
    expect(run.stdout).toContain('bad.jpg: The file ends too early.');
    expect([...app.staging.staged.values()]).toEqual([[resolve('a'), resolve('/b')]]);
    expect(seen).toEqual([{ sourceIds: ['source-1'], copy: true, labels: 'folders' }]);
    expect((await runFakeCli(app, ['import', 'p', 'a', '--json'])).json()).toMatchObject(report);
  });

  it('cancels its job on Ctrl+C, ends the program and says so', async () => {
    const controller = new AbortController();
    const app = studio({
      'jobs.list': () => ({ jobs: [createFakeJob()] }),
      'dataset.importPhotos': () => {
        setImmediate(() => controller.abort());
        return started;
      },
      'jobs.cancel': () => {
        setImmediate(() =>
          app.emit('jobs.changed', { job: createFakeJob({ state: 'cancelled' }) }),
        );
        return {};
      },
    });
    const run = await runFakeCli(app, ['import', 'p', 'a', '--json'], controller);
    expect(run.code).toBe(130);
    expect(run.json()).toMatchObject({ error: { code: 'cancelled' } });
    expect(app.disposals).toBe(1);
  });
});
