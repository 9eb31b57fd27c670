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
  const projectFolder = join(folder, 'many-photos');
  const imported = await importPictures(folder, projectFolder, pictures, count);
  return { import: imported, ...(await benchProject(folder, projectFolder)) };
}

async function importPictures(
  folder: string,
  projectFolder: string,
  pictures: string,
  count: number,
) {
  const app = await createBenchApp(folder);
  const stopMemory = watchMemory();
  try {
    const client = app.client();
    await app.createProject(projectFolder, name);
    await app.openProject(projectFolder);
    const sourceIds = [app.staging.stagePaths([pictures])];
    const { ms } = await timed(() =>
      runJob(client, () => client.call('dataset.importPhotos', { sourceIds }), never),
    );
    return { ms, photosPerSecond: round(count / (ms / 1000)), memoryMb: stopMemory() };
  } finally {
    stopMemory();
    await app.dispose();
  }
}

/** The same for a project that is there already: its labels are changed by it. */
export async function benchProject(folder: string, projectFolder: string) {
  const app = await createBenchApp(folder);
  let described: Described;
  try {
    described = await describeProject(app, projectFolder);
  } finally {
    await app.dispose();
  }
  return measureProject(folder, projectFolder, described);
}

interface Described {
  name: string;
  total: number;
}

async function describeProject(app: StudioApp, projectFolder: string): Promise<Described> {
  const client = app.client();
  await app.openProject(projectFolder);
  const { project } = await client.call('projects.current', {});
  const { total } = await client.call('dataset.summary', {});
  await client.call('projects.close', {});
  return { name: project?.name ?? name, total };
}

async function measureProject(
  folder: string,
  projectFolder: string,
  { name: projectName, total }: Described,
) {
  const used = await onStudioPage(folder, (page) => measureGridUse(page, projectName, total));
  const database = join(projectFolder, 'project.sqlite');
  return {
    project: basename(projectFolder),
    photos: total,
    databaseMb: round(statSync(database).size / 1_048_576),
    ...used?.result,
    memoryMb: used?.memoryMb,
  };
}
