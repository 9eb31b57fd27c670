import { type CacheStore, openCacheStore } from '@main/platform/cache-store';
import type { WorkerPool } from '@main/platform/worker-pool';
import { finishDataset } from '@main/workers/dataset/finish-dataset';
import { writeDatasetPart } from '@main/workers/dataset/write-dataset-part';
import { groupPhotos } from '@main/workers/group-photos';
import { hashFiles } from '@main/workers/hash-files';
import { inspectCuts } from '@main/workers/inspect-cuts';
import { inspectPhotos } from '@main/workers/inspect-photos';
import { readPhotoList } from '@main/workers/read-photo-list';
import { renderPhoto } from '@main/workers/render-photo';
import type { TaskRegistry } from '@main/workers/serve-tasks';
import type { TaskImplementation } from '@main/workers/task-context';
import type { TaskName } from '@main/workers/tasks';
import { AppError } from '@shared/api/errors';

/** The tasks that need no LiteRT. */
export const photoTasks = {
  'inspect-photos': inspectPhotos,
  'inspect-cuts': inspectCuts,
  'read-photo-list': readPhotoList,
  'group-photos': groupPhotos,
  'hash-files': hashFiles,
  'write-dataset-part': writeDatasetPart,
  'finish-dataset': finishDataset,
  'render-photo': renderPhoto,
} satisfies Partial<TaskRegistry>;

export interface InlineWorkerPool extends WorkerPool {
  /** Names of the tasks that were run, in order. */
  readonly ran: TaskName[];
}

/**
 * A WorkerPool that runs the real tasks in this thread, or others that a test gives it. Lends them
 * caches, no runtime; pass `runtime` inside a task of your own where one is needed.
 */
export function createInlineWorkerPool(
  registry: Partial<TaskRegistry> = photoTasks,
  size = 2,
): InlineWorkerPool {
  const caches = new Map<string, CacheStore>();
  const ran: TaskName[] = [];
  let disposed = false;

  function cache(file: string): CacheStore {
    const store = caches.get(file) ?? openCacheStore(file);
    caches.set(file, store);
    return store;
  }

  return {
    size,
    ran,
    async run(name, input, { signal = new AbortController().signal, onProgress } = {}) {
      if (disposed || signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      const implementation: TaskImplementation<typeof name> | undefined = registry[name];
      if (!implementation) throw new Error(`This test's pool has no task ${name}`);
      ran.push(name);
      return implementation(input, {
        signal,
        report: (progress) => onProgress?.(progress),
        runtime: () => Promise.reject(new Error('This pool has no runtime')),
        otherRuntime: () => Promise.reject(new Error('This pool has no runtime')),
        cache,
        tuner: () => Promise.reject(new Error('This pool has no TensorFlow')),
      });
    },
    holdBackground: () => undefined,
    prepare: () => undefined,
    async dispose() {
      disposed = true;
      for (const store of caches.values()) store.close();
      caches.clear();
    },
  };
}
