import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeLearnablePhotos } from '../fixtures/make-photos';
import { studioHome } from '../fixtures/studio-home';
import { program, test as base } from './studio-server';

const run = promisify(execFile);

/**
 * The studio opens on a project with a float model and its int8 copy. They are trained and quantized
 * once, by the command line; each test has a copy of the project to itself.
 */
export const test = base.extend<object, { trained: string }>({
  trained: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'pocketlens-e2e-trained-'));
      const project = join(folder, 'project');
      const photos = join(folder, 'things');
      await makeLearnablePhotos(photos, ['cup', 'hat', 'spoon'], 5);
      const env = studioHome(join(folder, 'home'));
      const pocketlens = (...args: string[]) => run(process.execPath, [program, ...args], { env });
      await pocketlens('create', project);
      await pocketlens('import', project, photos, '--copy');
      await pocketlens('train', project, '--epochs', '15');
      await pocketlens('quantize', project);
      await use(project);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  project: async ({ trained }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'pocketlens-e2e-project-'));
    const project = join(folder, 'project');
    await cp(trained, project, { recursive: true });
    await use(project);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
});
