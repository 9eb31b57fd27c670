import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from '../../src/main/app/create-app';
import type { StudioApp } from '../../src/main/app/studio-app';
import type { Logger } from '../../src/main/platform/logger';

/** A file of this checkout. */
export const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const log: Logger = {
  info: () => undefined,
  warn: (message) => void process.stderr.write(`${message}\n`),
  error: (message, error) => void process.stderr.write(`${message} ${String(error)}\n`),
};

/** The studio without a host, its settings and projects below `folder`. */
export async function createBenchApp(folder: string): Promise<StudioApp> {
  await mkdir(folder, { recursive: true });
  return createApp({
    kind: 'cli',
    appVersion: 'bench',
    resourcesFolder: inProject('resources'),
    userDataFolder: join(folder, 'settings'),
    projectsFolder: join(folder, 'projects'),
    workerFile: inProject('out/main/worker.js'),
    iphoneProcessFile: inProject('out/main/iphone-process.js'),
    log,
  });
}
