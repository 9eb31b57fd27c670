import { basename, resolve } from 'node:path';
import type { StudioClient } from '../../../shared/api/contract';
import type { ImportReport } from '../../../shared/api/dataset-api';
import type { WatchedFolder } from '../../../shared/api/watched-api';
import { isFinished } from '../../../shared/domain/job';
import type { StudioApp } from '../../app/studio-app';
import { count } from './format';

/**
 * Watches folders for as long as this program runs: one that the project watches anyhow stays.
 * @throws AppError 'bad-request', 'not-found'.
 */
export async function watchFolders(
  app: StudioApp,
  client: StudioClient,
  folders: readonly string[],
): Promise<void> {
  for (const folder of folders) {
    const placeId = app.staging.stagePlace(resolve(folder));
    await client.call('watched.add', { placeId, lasting: false });
  }
}

export interface WatchNews {
  onImport(report: ImportReport): void;
  /** A folder is watched, went away, came back or has a problem: each change once. */
  onFolder(sentence: string): void;
  onError(error: unknown): void;
}

/** Tells what comes in. Returns the function that stops it. */
export function followWatches(client: StudioClient, news: WatchNews): () => void {
  const told = new Map<string, string>();
  const look = () => {
    client.call('watched.list', {}).then(({ folders }) => {
      for (const folder of folders) {
        const sentence = describe(folder);
        if (sentence === undefined || told.get(folder.id) === sentence) continue;
        told.set(folder.id, sentence);
        news.onFolder(sentence);
      }
    }, news.onError);
  };
  const stops = [
    client.on('watched.changed', look),
    client.on('jobs.changed', ({ job }) => {
      const importId = isFinished(job) ? job.result?.['importId'] : undefined;
      if (importId === undefined) return;
      client.call('dataset.importReport', { importId }).then(({ report }) => {
        if (report) news.onImport(report);
      }, news.onError);
    }),
  ];
  look();
  return () => {
    for (const stop of stops) stop();
  };
}

/** undefined while it is about to change by itself. */
function describe({ folder, state, problem }: WatchedFolder): string | undefined {
  if (problem !== undefined) return `${basename(folder)}: ${problem}`;
  if (state === 'gone') return `${folder} is not there now. It is watched again when it is back.`;
  return state === 'watching' || state === 'importing' ? `Watching ${folder}.` : undefined;
}

/** "3 photos added, 1 file left out: a.jpg: The file is damaged …" */
export function describeImport({ added, known, problems }: ImportReport): string {
  const parts = [`${count(added, 'photo')} added`];
  if (known > 0) parts.push(`${known} known already`);
  if (problems.length > 0) parts.push(`${count(problems.length, 'file')} left out`);
  return [
    `${parts.join(', ')}.`,
    ...problems.map(({ path, message }) => `  ${path}: ${message}`),
  ].join('\n');
}
