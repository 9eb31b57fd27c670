import type { ParsedInput } from '@shared/api/contract';
import { describe, expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';
import { adbTool, pixel } from '../../../../fakes/fake-phone';
import { createFakeStudio } from '../../../../fakes/fake-studio';

function studio(phones = [pixel]) {
  const asked: ParsedInput<'phonePhotos.pull'>[] = [];
  const app = createFakeStudio({
    handlers: {
      'devices.list': () => ({ devices: phones, tools: [adbTool] }),
      'phonePhotos.pull': (input) => {
        asked.push(input);
        return { jobId: 'job-1' };
      },
      'jobs.list': () => ({
        jobs: [createFakeJob({ state: 'done', result: { importId: 'import-1' } })],
      }),
      'dataset.importReport': ({ importId }) => ({
        report: {
          importId: importId ?? '',
          startedAt: '2026-03-04T09:30:00.000Z',
          added: 3,
          known: 1,
          conflicts: 0,
          ignored: 0,
          problems: [{ path: 'IMG_9.jpg', reason: 'empty', message: 'The file is empty.' }],
        },
      }),
      'dataset.summary': () => ({
        total: 3,
        labeled: 3,
        unlabeled: 0,
        excluded: 0,
        missing: 0,
        conflicts: 0,
        labels: [],
        splits: { train: 3, validation: 0, test: 0 },
        ratio: { train: 0.8, validation: 0.1, test: 0.1 },
        savedFilters: [],
      }),
    },
  });
  return { app, asked };
}

describe('pull-photos', () => {
  it('copies all of the only phone, and says what came in', async () => {
    const { app, asked } = studio();
    const run = await runFakeCli(app, ['pull-photos', 'things']);
    expect(run.code).toBe(0);
    expect(asked).toEqual([{ deviceId: pixel.id, onlyNew: false }]);
    expect(run.stdout).toContain('3 photos added.');
    expect(run.stdout).toContain('IMG_9.jpg: The file is empty.');
  });

  it('passes on album, day, label and that only new ones are wanted', async () => {
    const { app, asked } = studio([pixel, { ...pixel, id: 'android:OTHER' }]);
    const options = '--device android:OTHER --album Camera --since 2026-03-04 --new --label hat';
    const run = await runFakeCli(app, ['pull-photos', 'things', ...options.split(' '), '--json']);
    expect(run.code).toBe(0);
    expect(asked).toEqual([
      {
        deviceId: 'android:OTHER',
        album: 'Camera',
        since: new Date('2026-03-04T00:00:00').toISOString(),
        onlyNew: true,
        label: 'hat',
      },
    ]);
    expect(run.json()).toMatchObject({ added: 3, known: 1, total: 3 });
  });

  it('asks which phone, and for a day that is one', async () => {
    const two = studio([pixel, { ...pixel, id: 'android:OTHER' }]);
    const which = await runFakeCli(two.app, ['pull-photos', 'things']);
    expect(which.code).toBe(1);
    expect(which.stderr).toContain('--device');
    const day = await runFakeCli(two.app, ['pull-photos', 'things', '--since', 'yesterday']);
    expect(day.code).toBe(2);
    expect(day.stderr).toContain('2026-03-04T18:30');
    expect(two.asked).toEqual([]);
  });
});
