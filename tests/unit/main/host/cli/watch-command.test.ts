import { resolve } from 'node:path';
import type { WatchState } from '@shared/api/watched-api';
import { describe, expect, it } from 'vitest';
import { studio } from '../../../../fakes/cli-studio';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';

describe('watch', () => {
  const report = {
    importId: 'import-1',
    startedAt: '2026-01-01T00:00:00.000Z',
    added: 3,
    known: 1,
    conflicts: 0,
    ignored: 0,
    problems: [{ path: 'a.jpg', reason: 'damaged', message: 'It is damaged.' }],
  };

  /** A program in which an import comes in, the folder goes, and then a person has had enough. */
  async function run(args: string[]) {
    const stop = new AbortController();
    let state: WatchState = 'watching';
    const watched: object[] = [];
    const app = studio({
      'watched.add': ({ placeId, lasting }) => {
        watched.push({ folder: app.staging.place(placeId), lasting });
        const job = createFakeJob({ state: 'done', result: { importId: 'import-1' } });
        setTimeout(() => {
          app.emit('jobs.changed', { job });
          state = 'gone';
          app.emit('watched.changed', {});
          setTimeout(() => stop.abort(), 20);
        }, 20);
        return { id: 'watch-1' };
      },
      'watched.list': () => ({
        folders: [{ id: 'watch-1', folder: '/camera', state, lasting: false }],
      }),
      'dataset.importReport': () => ({ report }),
    });
    const result = await runFakeCli(app, args, { signal: stop.signal });
    return { ...result, watched };
  }

  it('says what comes in until Ctrl+C', async () => {
    const { code, stdout, stderr, watched } = await run(['watch', 'p', 'camera']);
    expect([code, watched]).toEqual([0, [{ folder: resolve('camera'), lasting: false }]]);
    expect(stdout).toBe(
      '3 photos added, 1 known already, 1 file left out.\n  a.jpg: It is damaged.\nStopped. 3 photos added in all.\n',
    );
    expect(stderr).toBe(
      'Watching /camera.\n/camera is not there now. It is watched again when it is back.\n',
    );
  });

  it('says it as JSON', async () => {
    const { stdout } = await run(['watch', 'p', 'camera', '--json']);
    expect(stdout).toBe(
      `${JSON.stringify(report)}\n${JSON.stringify({ stopped: true, added: 3 }, undefined, 2)}\n`,
    );
  });
});
