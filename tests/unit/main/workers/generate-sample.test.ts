import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskContext } from '@main/workers/task-context';
import { generateSample } from '@main/workers/generate-sample';

const resourcesFolder = fileURLToPath(new URL('../../../../resources', import.meta.url));

let targetFolder: string;
beforeEach(async () => {
  targetFolder = await mkdtemp(join(tmpdir(), 'pocketlens-sample-'));
});
afterEach(() => rm(targetFolder, { recursive: true, force: true }));

function contextThatStopsAfter(count: number) {
  const controller = new AbortController();
  const reports: { done: number; total: number }[] = [];
  const context: TaskContext<'generate-sample'> = {
    signal: controller.signal,
    report(progress) {
      reports.push(progress);
      if (progress.done === count) controller.abort();
    },
    runtime: () => Promise.reject(new Error('drawing needs no runtime')),
    otherRuntime: () => Promise.reject(new Error('drawing needs no runtime')),
    tuner: () => Promise.reject(new Error('drawing needs no TensorFlow')),
    cache: () => {
      throw new Error('drawing needs no cache');
    },
  };
  return { context, reports };
}

describe('generateSample', () => {
  it('stops between two pictures when it is cancelled', async () => {
    const { context, reports } = contextThatStopsAfter(3);
    await expect(
      generateSample({ resourcesFolder, targetFolder, seed: 1 }, context),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(reports).toEqual([1, 2, 3].map((done) => ({ done, total: 252 })));
    const labels = await readdir(targetFolder);
    expect(labels).toEqual(['banana']);
    expect(await readdir(join(targetFolder, 'banana'))).toEqual([
      'banana-01.jpg',
      'banana-02.jpg',
      'banana-03.jpg',
    ]);
  });
});
