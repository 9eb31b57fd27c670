import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openCacheStore } from '@main/platform/cache-store';
import { migrate } from '@main/platform/database/migrate';
import { migrations } from '@main/platform/database/migrations';
import { openDatabase } from '@main/platform/database/open-database';
import type { ProjectContext } from '@main/services/ports';
import type { TaskRegistry } from '@main/workers/serve-tasks';
import type { EventName } from '@shared/api/contract';
import { createFakeLogger, type FakeLogger } from './fake-logger';
import { temporaryFolder } from '../fixtures/temporary-folder';
import { createInlineWorkerPool } from './inline-worker-pool';

export interface FakeProject {
  context: ProjectContext;
  log: FakeLogger;
  /** Names of the events that were sent. */
  events: EventName[];
  folder: string;
}

/**
 * A real database and cache in a folder that lasts as long as the running test, tasks in this
 * thread, the clock held.
 */
export function createFakeProject(
  tasks: Partial<TaskRegistry>,
  changes: Partial<ProjectContext> = {},
): FakeProject {
  const folder = temporaryFolder();
  const place = (name: string) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const database = openDatabase(join(folder, 'project.sqlite'));
  migrate(database, migrations);
  const cacheFile = join(folder, 'cache.sqlite');
  const cache = openCacheStore(cacheFile);
  const workers = createInlineWorkerPool(tasks);
  const log = createFakeLogger();
  const events: EventName[] = [];
  const context: ProjectContext = {
    info: () => ({
      name: 'Seven things',
      folder,
      createdAt: '2026-01-01T00:00:00.000Z',
      generated: false,
    }),
    database,
    cache,
    cacheFile,
    blobsFolder: place('blobs'),
    modelsFolder: place('models'),
    basesFolder: place('bases'),
    exportsFolder: place('exports'),
    trashFolder: place('trash'),
    workers,
    emit: (name) => void events.push(name),
    log,
    now: () => new Date('2026-03-04T09:30:00.000Z'),
    ...changes,
  };
  onTestFinished(async () => {
    await workers.dispose();
    cache.close();
    database.close();
  });
  return { context, log, events, folder };
}
