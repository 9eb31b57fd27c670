import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../shared/api/errors';
import type { AnalysisStep } from '../../workers/tasks';
import type { JobDefinition, JobHandle } from '../ports';
import { readAnalysisFacts } from './analysis-facts';
import { writeAnalysis } from './analysis-writer';
import type { IssuesParts } from './issues-service';

/** The same data set gives the same issues. */
const seed = 1;
/** Photos measured by one task. */
const batchSize = 64;

const steps: Record<AnalysisStep, string> = {
  comparing: 'Comparing photos',
  neighbors: 'Finding photos that look alike',
  labels: 'Checking labels',
  shortcuts: 'Looking for shortcuts',
};

export function createAnalyzeJob(parts: IssuesParts): JobDefinition<Record<string, never>> {
  return {
    resumable: true,
    run: async (_parameters, job) => {
      await runAnalysis(parts, job);
      return {};
    },
  };
}

/**
 * Prepares photos that are not prepared yet, has a worker analyze all that are not left out, and
 * stores the result in one go: until then the result before it stays.
 */
async function runAnalysis(parts: IssuesParts, job: JobHandle): Promise<void> {
  const { context, features, similarity } = parts;
  const { signal } = job;
  job.progress({ step: 'Preparing photos', done: 0 });
  await features.complete({ signal, onProgress: (done, total) => job.progress({ done, total }) });
  await measureOldPhotos(parts, job);
  const embedding = await similarity.embedding({ signal });
  const read = await readAnalysisFacts(context.database, signal);
  const result = await context.workers.run(
    'analyze-photos',
    { facts: read.facts, embedding, classes: read.labelIds.length, seed },
    {
      signal,
      onProgress: ({ step, done, total }) => job.progress({ step: steps[step], done, total }),
    },
  );
  throwIfCancelled(signal);
  job.progress({ step: 'Storing the result', done: 0, total: 1 });
  await writeAnalysis(context.database, { ...read, result, at: context.now() });
  context.emit('issues.changed', {});
  // What is shown may be ordered or filtered by what was found.
  context.emit('dataset.changed', {});
  const photos = new Set(result.issues.map(({ photo }) => photo)).size;
  job.log(`${photos} of ${read.facts.photoIds.length} photos have something to look at.`);
}

/** Photos that were imported before contrast and edges were measured. */
async function measureOldPhotos({ context }: IssuesParts, job: JobHandle): Promise<void> {
  const { database, workers, cacheFile } = context;
  const old = database.all<{ photoId: number; sha256: string }>(
    'SELECT id AS photoId, sha256 FROM photos WHERE contrast IS NULL',
  );
  for (let start = 0; start < old.length; start += batchSize) {
    job.progress({ step: 'Measuring photos', done: start, total: old.length });
    const photos = old.slice(start, start + batchSize).map((row) => ({ ...row }));
    const output = await workers.run(
      'measure-thumbnails',
      { photos, cacheFile },
      { signal: job.signal },
    );
    database.transaction(() => {
      for (const { photoId, contrast, edgeColors } of output.photos) {
        database.run('UPDATE photos SET contrast = ?, edge_colors = ? WHERE id = ?', [
          contrast,
          edgeColors,
          photoId,
        ]);
      }
    });
    await nextTurn();
  }
}
