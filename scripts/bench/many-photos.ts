import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { StudioApp } from '../../src/main/app/studio-app';
import { runJob } from '../../src/main/host/cli/follow-jobs';
import { createBenchApp } from './bench-app';
import { drawPhotos } from './draw-photos';
import { measureGridUse } from './grid-use';
import { round, timed, watchMemory } from './stopwatch';
import { onStudioPage } from './studio-page';

const never = { signal: new AbortController().signal };
const name = 'Many photos';

/**
 * Imports `count` drawn pictures, then uses the project in Chromium. The pictures are kept in
 * `picturesFolder` for the next run.
 */
export async function benchManyPhotos(folder: string, count: number, picturesFolder: string) {
  const pictures = join(picturesFolder, `drawn-${count}`);
  if (!existsSync(pictures)) await drawPhotos(pictures, count);
  const app = await createBenchApp(folder);
  const projectFolder = join(folder, 'many-photos');
  const stopMemory = watchMemory();
  try {
    const client = app.client();
    await app.createProject(projectFolder, name);
    await app.openProject(projectFolder);
    const sourceIds = [app.staging.stagePaths([pictures])];
    const imported = await timed(() =>
      runJob(client, () => client.call('dataset.importPhotos', { sourceIds }), never),
    );
    const memoryMb = stopMemory();
    return {
      import: { ms: imported.ms, photosPerSecond: round(count / (imported.ms / 1000)), memoryMb },
      ...(await measureProject(app, projectFolder)),
    };
  } finally {
    stopMemory();
    await app.dispose();
  }
}

/** The same for a project that is there already: its labels are changed by it. */
export async function benchProject(folder: string, projectFolder: string) {
  const app = await createBenchApp(folder);
  try {
    return await measureProject(app, projectFolder);
  } finally {
    await app.dispose();
  }
}

async function measureProject(app: StudioApp, projectFolder: string) {
  const client = app.client();
  await app.openProject(projectFolder);
  const { project } = await client.call('projects.current', {});
  const { total } = await client.call('dataset.summary', {});
  await client.call('projects.close', {});
  // Memory of this process, worker threads included, while the project is used.
  const stopMemory = watchMemory();
  try {
    const use = await onStudioPage(app, (page) =>
      measureGridUse(page, project?.name ?? name, total),
    );
    const database = join(projectFolder, 'project.sqlite');
    return {
      project: basename(projectFolder),
      photos: total,
      databaseMb: round(statSync(database).size / 1_048_576),
      ...use,
      memoryMb: stopMemory(),
    };
  } finally {
    stopMemory();
  }
}
