import { setTimeout as pause } from 'node:timers/promises';
import type { WatchState } from '../../../shared/api/watched-api';
import { folderIdentity } from '../../platform/folder-identity';
import { statFiles } from '../../platform/stat-files';
import { walkPhotos } from '../../platform/walk-photos';
import { isWithin, watchFolder } from '../../platform/watch-folder';
import type { Dataset } from '../ports';

/** In milliseconds; tests have less patience. */
export interface WatchTimes {
  /** A file that was not written to for so long is complete. */
  settled: number;
  /** Photos that come within so long of each other are imported together. */
  together: number;
  /** How often it is looked whether the folder is there. */
  presence: number;
  /** How often everything is looked at where the system does not tell of changes. */
  rescan: number;
}

export interface FolderWatcherOptions {
  root: string;
  /** The project's own folder. */
  except: string;
  dataset: Pick<Dataset, 'unseenFiles' | 'checkFiles'>;
  times: WatchTimes;
  /** New photos, complete, at most `largestBatch`. */
  onPhotos(paths: string[]): void;
  onState(state: WatchState, problem?: string): void;
  /** Something that should not happen. */
  onDefect(error: unknown): void;
}

const largestBatch = 500;
const pageSize = 256;

/**
 * Watches one folder until it is closed: finds what came while nobody watched, then is told by the
 * system. When the folder goes away it says so and begins again when it is back. What happens
 * happens in turns, never two at once.
 */
export function startFolderWatcher(options: FolderWatcherOptions): () => Promise<void> {
  const { root, except, dataset, times, onState } = options;
  const stop = new AbortController();
  const { signal } = stop;
  const waiting = new Set<string>();
  const removed = new Set<string>();
  let turn: Promise<void> = Promise.resolve();
  let endWatch: (() => Promise<void>) | undefined;
  let identity: string | undefined;
  let problem: string | undefined;
  let flushTimer: NodeJS.Timeout | undefined;
  let rescanTimer: NodeJS.Timeout | undefined;

  function inTurn(work: () => Promise<void>): void {
    turn = turn
      .then(() => (signal.aborted ? undefined : work()))
      .catch((error: unknown) => {
        if (!signal.aborted) options.onDefect(error);
      });
  }

  function soon(): void {
    clearTimeout(flushTimer);
    const delay = waiting.size >= largestBatch ? 0 : times.together;
    flushTimer = setTimeout(() => inTurn(flush), delay);
  }

  async function flush(): Promise<void> {
    const gone = [...removed];
    removed.clear();
    if (gone.length > 0) await dataset.checkFiles({ paths: gone });
    const paths = [...waiting].slice(0, largestBatch);
    for (const path of paths) waiting.delete(path);
    const unseen = paths.length === 0 ? [] : await dataset.unseenFiles(paths);
    if (signal.aborted) return;
    if (unseen.length > 0) options.onPhotos(unseen);
    if (waiting.size > 0) soon();
  }

  async function begin(): Promise<void> {
    onState('scanning', problem);
    // First, so that nothing comes between.
    endWatch = await watchFolder({
      root,
      except,
      settledMs: times.settled,
      onFile(path) {
        waiting.add(path);
        soon();
      },
      onRemoved(path) {
        waiting.delete(path);
        removed.add(path);
        soon();
      },
      onError: noticeProblem,
    });
    await scan();
    onState('watching', problem);
  }

  async function scan(): Promise<void> {
    let page: string[] = [];
    for await (const file of walkPhotos([root], signal)) {
      if (file.kind !== 'photo' || isWithin(file.path, except)) continue;
      page.push(file.path);
      if (page.length < pageSize) continue;
      await take(page);
      page = [];
    }
    await take(page);
    await flush();
  }

  /** Those that may still be being written are looked at again when they have had time. */
  async function take(paths: string[]): Promise<void> {
    if (paths.length === 0) return;
    const unseen = await dataset.unseenFiles(paths);
    const stamps = await statFiles(unseen);
    const young: string[] = [];
    for (const [index, path] of unseen.entries()) {
      const stamp = stamps[index];
      // A time yet to come says nothing: some clock is wrong.
      const age = stamp ? Date.now() - stamp.modifiedMs : -1;
      if (age >= 0 && age < times.settled) young.push(path);
      else waiting.add(path);
    }
    if (waiting.size >= largestBatch) await flush();
    if (young.length === 0) return;
    pause(times.settled, undefined, { signal }).then(
      () => inTurn(() => take(young).then(flush)),
      () => undefined,
    );
  }

  /** The system tells no more: everything is looked at from time to time instead. */
  function noticeProblem(error: unknown): void {
    if (rescanTimer || signal.aborted) return;
    const why = error instanceof Error ? error.message : String(error);
    problem = `The system does not tell of all changes (${why}). The folder is looked through every ${Math.round(times.rescan / 1000)} seconds instead.`;
    onState('watching', problem);
    rescanTimer = setInterval(() => inTurn(scan), times.rescan);
  }

  async function lookForFolder(): Promise<void> {
    const now = await folderIdentity(root);
    if (now === identity && (now === undefined) === (endWatch === undefined)) return;
    const before = identity;
    identity = now;
    await endWatch?.();
    endWatch = undefined;
    waiting.clear();
    if (now === undefined) onState('gone');
    else await begin();
    if (before !== undefined || now === undefined) await dataset.checkFiles({ below: root });
  }

  onState('scanning');
  inTurn(async () => {
    identity = await folderIdentity(root);
    if (identity === undefined) onState('gone');
    else await begin();
  });
  const presenceTimer = setInterval(() => inTurn(lookForFolder), times.presence);

  return async () => {
    stop.abort();
    clearInterval(presenceTimer);
    clearInterval(rescanTimer);
    clearTimeout(flushTimer);
    await turn;
    await endWatch?.();
  };
}
