import { join } from 'node:path';
import { AppError } from '../../../shared/api/errors';
import { removeFile } from '../../platform/remove-file';
import type { ScratchFolder } from '../../platform/scratch-folder';
import type { WorkerPool } from '../../platform/worker-pool';
import type { PhotoOnPhone, PhotosFolder } from './list-photos';

/** Of the pictures, about 10 kB each, that are kept in memory. */
const keptAtMost = 600;
/** Who scrolls on has no use for what was asked for long before. */
const waitingAtMost = 120;
const size = 200;
/** Larger files are no photos to be waited for. */
const largest = 64 << 20;

export interface PhoneThumbnails {
  /** JPEG; undefined when it can't be shown, or others were asked for since. */
  get(id: string, photo: PhotoOnPhone): Promise<Uint8Array | undefined>;
  dispose(): Promise<void>;
}

interface Waiting {
  id: string;
  photo: PhotoOnPhone;
  resolve(jpeg: Uint8Array | undefined): void;
}

/** Small pictures of a phone's photos: whole files are copied, one at a time, the newest wish first. */
export function createPhoneThumbnails(parts: {
  workers: WorkerPool;
  scratch: ScratchFolder;
  openFolder(): Promise<PhotosFolder>;
}): PhoneThumbnails {
  const { workers, scratch } = parts;
  const kept = new Map<string, Uint8Array>();
  const waiting: Waiting[] = [];
  const stop = new AbortController();
  let running: Promise<void> | undefined;

  async function make(folder: PhotosFolder, place: string, { id, photo }: Waiting) {
    const path = join(place, 'photo');
    try {
      await folder.pull(photo.path, path, { signal: stop.signal });
      const { jpeg } = await workers.run('render-photo', { path, size }, { signal: stop.signal });
      kept.set(id, jpeg);
      const [oldest] = kept.keys();
      if (kept.size > keptAtMost && oldest !== undefined) kept.delete(oldest);
      return jpeg;
    } finally {
      await removeFile(path);
    }
  }

  /** Holds the phone only while there is something to do. */
  async function work(): Promise<void> {
    let folder: PhotosFolder | undefined;
    try {
      folder = await parts.openFolder();
      const place = await scratch.next();
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const jpeg = await make(folder, place, next).catch(ignoreKnown);
        next.resolve(jpeg);
      }
    } finally {
      for (const { resolve } of waiting.splice(0)) resolve(undefined);
      await folder?.close();
    }
  }

  return {
    async get(id, photo) {
      const known = kept.get(id);
      if (known || photo.bytes > largest || stop.signal.aborted) return known;
      const asked = new Promise<Uint8Array | undefined>((resolve) => {
        waiting.push({ id, photo, resolve });
      });
      if (waiting.length > waitingAtMost) waiting.shift()?.resolve(undefined);
      running ??= work()
        .catch(ignoreKnown)
        .then(() => {
          running = undefined;
        });
      return asked;
    },
    async dispose() {
      stop.abort();
      for (const { resolve } of waiting.splice(0)) resolve(undefined);
      await running;
      await scratch.remove();
    },
  };
}

/** The phone was pulled out, or a photo is broken: there is no picture of it. */
function ignoreKnown(error: unknown): undefined {
  if (!(error instanceof AppError)) throw error;
  return undefined;
}
