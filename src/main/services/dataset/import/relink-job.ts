import { statFiles } from '../../../platform/stat-files';
import { walkPhotos } from '../../../platform/walk-photos';
import type { JobDefinition, JobHandle, ProjectContext } from '../../ports';
import type { ChangeNotifier } from '../change-notifier';
import { countPhotos } from '../edits/photo-edits';
import { throwIfCancelled } from '../../../../shared/api/errors';

export interface RelinkParameters {
  paths: string[];
}

export interface RelinkJobOptions {
  context: ProjectContext;
  notifier: ChangeNotifier;
}

interface Candidate {
  path: string;
  bytes: number;
  modifiedMs: number;
}

const statsAtOnce = 64;
const hashesATask = 8;

/** Finds missing photos again by their bytes, wherever in the given folders and by whatever name. */
export function createRelinkJob(options: RelinkJobOptions): JobDefinition<RelinkParameters> {
  return { resumable: true, run: (parameters, job) => runRelink(options, parameters, job) };
}

async function runRelink(
  { context, notifier }: RelinkJobOptions,
  { paths }: RelinkParameters,
  job: JobHandle,
): Promise<Record<string, string>> {
  const { database, workers } = context;
  const missing = database.all<{ id: number; sha256: string; bytes: number }>(
    'SELECT id, sha256, bytes FROM photos WHERE missing = 1',
  );
  const idByHash = new Map(missing.map((photo) => [photo.sha256, photo.id]));
  const sizes = new Set(missing.map((photo) => photo.bytes));
  job.progress({ step: 'Looking for missing photos', done: 0, total: missing.length });

  async function relinkAmong(candidates: readonly Candidate[]): Promise<void> {
    const input = { paths: candidates.map(({ path }) => path) };
    const { hashes } = await workers.run('hash-files', input, { signal: job.signal });
    throwIfCancelled(job.signal);
    const found: number[] = [];
    database.transaction(() => {
      for (const [index, { path, modifiedMs }] of candidates.entries()) {
        const hash = hashes[index] ?? '';
        const id = idByHash.get(hash);
        if (id === undefined) continue;
        database.run(
          'UPDATE photos SET source_path = ?, source_modified_ms = ?, missing = 0 WHERE id = ?',
          [path, modifiedMs, id],
        );
        idByHash.delete(hash);
        found.push(id);
      }
    });
    if (found.length > 0) notifier.changed(found);
    job.progress({ done: missing.length - idByHash.size });
  }

  let candidates: Candidate[] = [];
  for await (const stamped of stampedFiles(paths, job.signal)) {
    if (idByHash.size === 0) break;
    if (!sizes.has(stamped.bytes)) continue;
    candidates.push(stamped);
    if (candidates.length < hashesATask) continue;
    await relinkAmong(candidates);
    candidates = [];
  }
  if (candidates.length > 0 && idByHash.size > 0) await relinkAmong(candidates);

  const found = missing.length - idByHash.size;
  job.log(`Found ${found} of ${countPhotos(missing.length)} that were missing.`);
  return { found: String(found), stillMissing: String(idByHash.size) };
}

/** Sizes and times of the photos below the given folders, asked for by the dozen. */
async function* stampedFiles(
  paths: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Candidate> {
  let waiting: string[] = [];
  async function* flush(): AsyncGenerator<Candidate> {
    const asked = waiting;
    waiting = [];
    for (const [index, stamp] of (await statFiles(asked)).entries()) {
      const path = asked[index];
      if (stamp && path !== undefined) yield { path, ...stamp };
    }
  }
  for await (const file of walkPhotos(paths, signal)) {
    if (file.kind !== 'photo') continue;
    waiting.push(file.path);
    if (waiting.length >= statsAtOnce) yield* flush();
  }
  yield* flush();
}
