import type { Stats } from 'node:fs';
import { basename, relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';
import { isHiddenName, isPhotoName } from '../../shared/domain/photo-names';

export interface WatchFolderOptions {
  root: string;
  /** A folder in it whose photos are nobody's business. */
  except: string;
  /** A file that was not written to for so long is complete. */
  settledMs: number;
  /** A photo that is complete, new or changed. */
  onFile(path: string): void;
  onRemoved(path: string): void;
  onError(error: unknown): void;
}

/**
 * Tells of photos that come to lie in a folder or anywhere below it, from now on.
 * @returns the function that ends it.
 */
export async function watchFolder(options: WatchFolderOptions): Promise<() => Promise<void>> {
  const { root, except, settledMs } = options;
  const watcher = watch(root, {
    ignoreInitial: true,
    // A link may lead back into the folder.
    followSymlinks: false,
    awaitWriteFinish: { stabilityThreshold: settledMs, pollInterval: Math.ceil(settledMs / 10) },
    ignored: (path: string, stats?: Stats) =>
      path !== root &&
      (isHiddenName(basename(path)) ||
        isWithin(path, except) ||
        (stats?.isFile() === true && !isPhotoName(basename(path)))),
  });
  watcher
    .on('add', options.onFile)
    .on('change', options.onFile)
    .on('unlink', options.onRemoved)
    .on('error', options.onError);
  // With an error on the way it is not ready ever: whoever waits is told by `onError`.
  await new Promise<void>((done) => {
    watcher.once('ready', done);
    watcher.once('error', () => done());
  });
  return () => watcher.close();
}

/** Whether a path is a folder or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(way) !== way);
}
