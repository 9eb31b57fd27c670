import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runJob } from '../../src/main/host/cli/follow-jobs';
import { createBenchApp } from './bench-app';
import { drawPhotos } from './draw-photos';
import { benchGridScroll } from './grid-scroll';
import { round, timed, watchMemory } from './stopwatch';

const never = { signal: new AbortController().signal };

/**
 * Imports `count` drawn pictures and lists windows of them: import rate, this process's peak
 * memory (worker threads included), the time of one window of 200 at the start, middle and end,
 * and how smoothly Chromium scrolls the grid.
 * The pictures are kept in `picturesFolder` for the next run.
 */
export async function benchManyPhotos(folder: string, count: number, picturesFolder: string) {
  const pictures = join(picturesFolder, `drawn-${count}`);
  if (!existsSync(pictures)) await drawPhotos(pictures, count);

  const app = await createBenchApp(folder);
  const idle = Math.round(process.memoryUsage.rss() / 1_048_576);
  const stopMemory = watchMemory();
  try {
    const client = app.client();
    await client.call('projects.create', { name: 'Many photos' });
    const sourceIds = [app.staging.stagePaths([pictures])];
    const imported = await timed(() =>
      runJob(client, () => client.call('dataset.importPhotos', { sourceIds }), never),
    );
    const windows: number[] = [];
    for (const offset of [0, Math.floor(count / 2), Math.max(0, count - 200)]) {
      const { ms } = await timed(() =>
        client.call('dataset.listPhotos', { offset, limit: 200, order: 'name' }),
      );
      windows.push(ms);
    }
    const memoryMb = { idle, peak: stopMemory() };
    return {
      photos: count,
      importMs: imported.ms,
      photosPerSecond: round(count / (imported.ms / 1000)),
      memoryMb,
      listWindowMs: windows,
      gridScroll: await benchGridScroll(app),
    };
  } finally {
    stopMemory();
    await app.dispose();
  }
}
