import { basename } from 'node:path';
import { AppError, throwIfCancelled } from '../../../../shared/api/errors';
import type { PixelRecipe } from '../../../../shared/domain/preprocessing';
import { type FoundFile, walkPhotos } from '../../../platform/walk-photos';
import type { JobDefinition, JobHandle, ProjectContext } from '../../ports';
import type { ChangeNotifier } from '../change-notifier';
import { createImportReader, type FoundPhoto } from './import-reader';
import { type ImportOutcome, ImportRecorder } from './import-recorder';
import { beginImport, type ImportCounts } from './import-report';
import type { LabelRepository } from '../label-repository';
import { countPhotos } from '../edits/photo-edits';
import type { PhotoRepository } from '../photos/photo-repository';
import { dealMissingSplits } from '../splits/split-assignment';

/** What is stored for resuming: paths, since staged ids do not outlive the program. */
export interface ImportParameters {
  paths: string[];
  /** Staged ids of uploads, to be discarded when their photos are in. */
  uploads: string[];
  copy: boolean;
  labels: 'folders' | 'none';
}

export interface ImportJobOptions {
  context: ProjectContext;
  photos: PhotoRepository;
  labels: LabelRepository;
  notifier: ChangeNotifier;
  recipe: PixelRecipe;
  discardUpload(id: string): Promise<void>;
}

/** Photos a task: enough that messages cost nothing, few enough that a crash loses little. */
const batchSize = 8;

export function createImportJob(options: ImportJobOptions): JobDefinition<ImportParameters> {
  return { resumable: true, run: (parameters, job) => runImport(options, parameters, job) };
}

/** "Importing photos from holiday", or from how many places. */
export function importTitle({ paths, uploads }: ImportParameters): string {
  const [only] = paths;
  if (uploads.length > 0 || only === undefined) return 'Importing uploaded photos';
  if (paths.length > 1) return `Importing photos from ${paths.length} places`;
  return `Importing photos from ${basename(only)}`;
}

/**
 * Walks what was given, reads what is new in workers, and confirms batch after batch in the order
 * of the walk, so that the same folder gives the same project. Only the batches in flight are in
 * memory. Whatever ends it (a cancel, a full disk, a crash), what was confirmed is whole, and
 * importing again goes on from there.
 * @throws AppError 'nothing-to-import'.
 */
async function runImport(
  options: ImportJobOptions,
  parameters: ImportParameters,
  job: JobHandle,
): Promise<Record<string, string>> {
  const { context, notifier } = options;
  const { paths, uploads, copy } = parameters;
  const uploaded = uploads.length > 0;
  const copied = copy || uploaded;
  const stop = new AbortController();
  const signal = AbortSignal.any([job.signal, stop.signal]);
  const importId = beginImport(context.database, context.now());
  const recorder = new ImportRecorder({ ...options, ...context, importId, copied, uploaded });
  const read = createImportReader({ ...options, labels: parameters.labels, copied, signal });

  job.progress({ step: 'Reading photos', done: 0 });
  const counting = countFiles(paths, signal).then((total) => job.progress({ total }));
  counting.catch(() => undefined);
  const inFlight: { files: number; outcomes: Promise<ImportOutcome[]> }[] = [];
  let done = 0;

  async function confirmOldest(): Promise<void> {
    const oldest = inFlight[0];
    if (!oldest) return;
    const outcomes = await oldest.outcomes;
    inFlight.shift();
    throwIfCancelled(signal);
    if (recorder.confirm(outcomes)) notifier.changed();
    done += oldest.files;
    job.progress({ done });
  }

  try {
    for await (const batch of inBatches(walkPhotos(paths, signal), recorder.counts)) {
      const outcomes = read(batch);
      // An error is met when its turn to be confirmed comes; until then it is no unhandled one.
      outcomes.catch(() => undefined);
      inFlight.push({ files: batch.length, outcomes });
      if (inFlight.length >= context.workers.size * 2) await confirmOldest();
    }
    while (inFlight.length > 0) await confirmOldest();
    await counting;
  } finally {
    stop.abort();
    await Promise.allSettled([counting, ...inFlight.map((batch) => batch.outcomes)]);
    recorder.finish();
    context.database.transaction(() => dealMissingSplits(context.database));
    notifier.changed();
  }
  if (!recorder.foundSomething) throw nothingToImport(paths, recorder.counts);
  for (const upload of uploads) await options.discardUpload(upload);
  job.log(describe(recorder));
  return { importId };
}

/** Runs ahead of the reading: listing folders is cheap, and progress needs a total. */
async function countFiles(paths: readonly string[], signal: AbortSignal): Promise<number> {
  let total = 0;
  for await (const { kind } of walkPhotos(paths, signal)) if (kind !== 'ignored') total += 1;
  return total;
}

async function* inBatches(
  files: AsyncIterable<FoundFile>,
  counts: ImportCounts,
): AsyncGenerator<FoundPhoto[]> {
  let batch: FoundPhoto[] = [];
  for await (const file of files) {
    if (file.kind === 'ignored') {
      counts.ignored += 1;
      continue;
    }
    batch.push(file);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function nothingToImport(paths: readonly string[], { ignored }: ImportCounts): AppError {
  const places = paths.map((path) => basename(path)).join(', ');
  return new AppError(
    'nothing-to-import',
    ignored > 0
      ? `There are no photos in ${places}, only ${ignored} files of other kinds.`
      : `There is nothing to import in ${places}, or it is no longer there.`,
    'Choose a folder with JPEG, PNG, WebP, AVIF, TIFF or GIF files.',
  );
}

function describe({ counts, problems }: ImportRecorder): string {
  const parts = [`${countPhotos(counts.added)} added`];
  if (counts.known > 0) parts.push(`${counts.known} known already`);
  if (counts.conflicts > 0) parts.push(`${counts.conflicts} under two labels`);
  if (problems > 0) parts.push(`${problems} could not be imported`);
  return `${parts.join(', ')}.`;
}
