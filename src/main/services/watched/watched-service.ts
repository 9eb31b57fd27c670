import { resolve } from 'node:path';
import type { HandlersOf } from '../../../shared/api/contract';
import type { ImportReport } from '../../../shared/api/dataset-api';
import { AppError } from '../../../shared/api/errors';
import type { WatchedFolder, watchedApi, WatchId } from '../../../shared/api/watched-api';
import type { Job, JobId } from '../../../shared/domain/job';
import { folderIdentity } from '../../platform/folder-identity';
import type { Staging } from '../../platform/staging';
import { isWithin } from '../../platform/watch-folder';
import type { Dataset, Jobs, ProjectContext } from '../ports';
import { startFolderWatcher, type WatchTimes } from './folder-watcher';
import { readWatches, writeWatches } from './stored-watches';

export interface WatchedService {
  handlers: HandlersOf<typeof watchedApi>;
  dispose(): Promise<void>;
}

export interface WatchedParts {
  context: ProjectContext;
  jobs: Jobs;
  staging: Pick<Staging, 'place'>;
  dataset: Dataset;
  /** Goes on with the folders that the project has stored: a command would import unasked. */
  resume: boolean;
  reportOf(importId: string): Promise<ImportReport | undefined>;
  times?: WatchTimes;
}

const usualTimes: WatchTimes = { settled: 2000, together: 1000, presence: 2000, rescan: 30_000 };

interface Watch extends WatchedFolder {
  paused: boolean;
  /** Imports that are not finished. */
  jobs: Set<JobId>;
  /** Why the newest import failed. */
  importProblem?: string | undefined;
  close?: () => Promise<void>;
}

/** Folders whose new photos come in by themselves while the project is open. */
export function createWatchedService(parts: WatchedParts): WatchedService {
  const { context, jobs, staging, dataset, times = usualTimes } = parts;
  const { database, emit, log } = context;
  const stored = readWatches(database);
  const watches = new Map<WatchId, Watch>();

  const changed = () => emit('watched.changed', {});

  function store(): void {
    const shown = [...watches.values()].filter(({ lasting }) => lasting);
    // Those that this host does not go on with stay as they are.
    const others = parts.resume ? [] : stored.filter(({ id }) => !watches.has(id));
    writeWatches(
      database,
      [...others, ...shown].map(({ id, folder, paused, lastImport }) => ({
        id,
        folder,
        paused,
        ...(lastImport ? { lastImport } : {}),
      })),
    );
  }

  function begin(watch: Watch): void {
    watch.paused = false;
    watch.close = startFolderWatcher({
      root: watch.folder,
      except: context.info().folder,
      dataset,
      times,
      onPhotos(paths) {
        watch.jobs.add(dataset.importFiles(watch.folder, paths));
        changed();
      },
      onState(state, problem) {
        Object.assign(watch, { state, problem });
        changed();
      },
      onDefect(error) {
        log.error(`Watching ${watch.folder} failed`, error);
        watch.problem = 'It could not be looked through. The log file says why.';
        changed();
      },
    });
  }

  async function end(watch: Watch): Promise<void> {
    const { close } = watch;
    watch.close = undefined;
    await close?.();
  }

  function find(id: WatchId): Watch {
    const watch = watches.get(id);
    if (watch) return watch;
    throw new AppError('not-found', 'This folder is not watched any more.');
  }

  async function noteFinished(job: Job): Promise<void> {
    const watch = [...watches.values()].find((each) => each.jobs.delete(job.id));
    if (!watch) return;
    const importId = job.result?.['importId'];
    const report = importId === undefined ? undefined : await parts.reportOf(importId);
    // The project may have been closed meanwhile.
    if (!watches.has(watch.id)) return;
    if (report && importId !== undefined) {
      const at = job.finishedAt ?? context.now().toISOString();
      watch.lastImport = { importId, at, added: report.added };
      if (watch.lasting) store();
    }
    watch.importProblem = job.state === 'failed' ? job.error?.message : undefined;
    changed();
  }
  const stopListening = jobs.onFinished((job) => {
    noteFinished(job).catch((error: unknown) => log.error('An import was not noted', error));
  });

  function add(folder: string, lasting: boolean): Watch {
    const numbers = [...watches.keys(), ...stored.map(({ id }) => id)];
    const last = Math.max(0, ...numbers.map((id) => Number(id.replace('watch-', ''))));
    const id = `watch-${last + 1}`;
    const watch: Watch = {
      id,
      folder,
      lasting,
      state: 'scanning',
      paused: false,
      jobs: new Set(),
    };
    watches.set(id, watch);
    return watch;
  }

  for (const watch of parts.resume ? stored : []) {
    const whole: Watch = { ...watch, lasting: true, state: 'paused', jobs: new Set() };
    watches.set(watch.id, whole);
    if (!watch.paused) begin(whole);
  }

  return {
    handlers: {
      'watched.list': () => ({ folders: [...watches.values()].map(toShown) }),
      async 'watched.add'({ placeId, lasting }) {
        const folder = resolve(staging.place(placeId));
        await requireWatchable(folder, context.info().folder);
        const known = [...watches.values()].find((watch) => watch.folder === folder);
        const watch = known ?? add(folder, lasting);
        watch.lasting ||= lasting;
        if (!watch.close) begin(watch);
        store();
        changed();
        return { id: watch.id };
      },
      async 'watched.setPaused'({ id, paused }) {
        const watch = find(id);
        if (paused) {
          await end(watch);
          Object.assign(watch, { state: 'paused', paused, problem: undefined });
        } else if (!watch.close) begin(watch);
        store();
        changed();
        return {};
      },
      async 'watched.remove'({ id }) {
        const watch = find(id);
        watches.delete(id);
        store();
        changed();
        await end(watch);
        return {};
      },
    },
    async dispose() {
      stopListening();
      const open = [...watches.values()];
      watches.clear();
      await Promise.all(open.map(end));
    },
  };
}

function toShown(watch: Watch): WatchedFolder {
  const { id, folder, state, lasting, lastImport, jobs } = watch;
  const problem = watch.problem ?? watch.importProblem;
  return {
    id,
    folder,
    state: state === 'watching' && jobs.size > 0 ? 'importing' : state,
    ...(problem === undefined ? {} : { problem }),
    lasting,
    ...(lastImport === undefined ? {} : { lastImport }),
  };
}

async function requireWatchable(folder: string, projectFolder: string): Promise<void> {
  if (isWithin(folder, projectFolder)) {
    throw new AppError(
      'bad-request',
      `${folder} belongs to the project itself.`,
      'Choose the folder that your photos come into.',
    );
  }
  if ((await folderIdentity(folder)) === undefined) {
    throw new AppError(
      'not-found',
      `There is no folder ${folder}.`,
      'Choose a folder that is there; it may go away and come back later.',
    );
  }
}
