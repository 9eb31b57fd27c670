import { basename } from 'node:path';
import { AppError, throwIfCancelled } from '../../../../shared/api/errors';
import type { PixelRecipe } from '../../../../shared/domain/preprocessing';
import type { JobDefinition, JobHandle, ProjectContext } from '../../ports';
import type { ChangeNotifier } from '../change-notifier';
import { createImportReader, type FileToRead } from './import-reader';
import { type ImportOutcome, ImportRecorder } from './import-recorder';
import { beginImport, type ImportCounts } from './import-report';
import { filesWithin } from './sources/files-within';
import { type ImportFile, prepareImport, type PreparedImport } from './sources/prepare-import';
import type { LabelRepository } from '../label-repository';
import { countPhotos } from '../edits/photo-edits';
import type { PhotoRepository } from '../photos/photo-repository';
import type { LabelRule } from './folder-labels';
import { dealMissingSplits } from '../splits/split-assignment';
import { findSplitGroups } from '../splits/split-groups';

/** What is stored for resuming: paths, since staged ids do not outlive the program. */
export interface ImportParameters {
  paths: string[];
  /** Staged ids of uploads, to be discarded when their photos are in. */
  uploads: string[];
  copy: boolean;
  labels: LabelRule;
  /** The folder that is watched; `paths` are new photos in it. */
  within?: string;
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
export function importTitle({ paths, uploads, within }: ImportParameters): string {
  const [only] = paths;
  if (within !== undefined) {
    return `Importing ${countPhotos(paths.length)} from ${basename(within)}`;
  }
  if (uploads.length > 0 || only === undefined) return 'Importing uploaded photos';
  if (paths.length > 1) return `Importing photos from ${paths.length} places`;
  return `Importing photos from ${basename(only)}`;
}

/**
 * Looks through what was given, whole, before anything is stored; then imports it.
 * @throws AppError 'nothing-to-import', 'source-unreadable', 'upload-refused'.
 */
async function runImport(
  options: ImportJobOptions,
  parameters: ImportParameters,
  job: JobHandle,
): Promise<Record<string, string>> {
  const { paths, uploads, within } = parameters;
  job.progress({ step: 'Looking at what there is' });
  const prepared =
    within === undefined
      ? await prepareImport(options.context, paths, uploads.length > 0, job.signal)
      : filesWithin(within, paths);
  try {
    const importId = await importPrepared(options, parameters, prepared, job);
    for (const upload of uploads) await options.discardUpload(upload);
    return { importId };
  } finally {
    await prepared.remove();
  }
}

/**
 * Reads what is new in workers, and confirms batch after batch in the order of the files, so that
 * the same folder gives the same project. Only the batches in flight are in memory. Whatever ends
 * it (a cancel, a full disk, a crash), what was confirmed is whole, and importing again goes on from
 * there.
 */
async function importPrepared(
  options: ImportJobOptions,
  { paths, uploads, copy, labels, within }: ImportParameters,
  prepared: PreparedImport,
  job: JobHandle,
): Promise<string> {
  const { context, notifier } = options;
  const uploaded = uploads.length > 0;
  const copied = copy || uploaded;
  const stop = new AbortController();
  const signal = AbortSignal.any([job.signal, stop.signal]);
  const importId = beginImport(context.database, context.now());
  const recorder = new ImportRecorder({ ...options, ...context, importId });
  const read = createImportReader({ ...options, labels, copied, uploaded, signal });

  job.progress({ step: 'Reading photos', done: 0 });
  const counting = countFiles(prepared.files(signal)).then((total) => job.progress({ total }));
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
    for await (const batch of inBatches(prepared.files(signal), recorder.counts)) {
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
    await findCopies(options, job);
    context.database.transaction(() => dealMissingSplits(context.database));
    notifier.changed();
  }
  // What is taken out of a watched folder at once is no mistake of anybody.
  if (!recorder.foundSomething && within === undefined)
    throw nothingToImport(paths, recorder.counts);
  job.log(describe(recorder));
  return importId;
}

/** Copies are dealt together; an import that is given up still deals what it has. */
async function findCopies({ context }: ImportJobOptions, job: JobHandle): Promise<void> {
  job.progress({ step: 'Looking for copies' });
  try {
    await findSplitGroups(context.database, context.workers);
  } catch (error) {
    if (!job.signal.aborted) context.log.error('Copies could not be looked for', error);
  }
}

/** Runs ahead of the reading: listing folders is cheap, and progress needs a total. */
async function countFiles(files: AsyncIterable<ImportFile>): Promise<number> {
  let total = 0;
  for await (const { kind } of files) if (kind !== 'ignored') total += 1;
  return total;
}

async function* inBatches(
  files: AsyncIterable<ImportFile>,
  counts: ImportCounts,
): AsyncGenerator<FileToRead[]> {
  let batch: FileToRead[] = [];
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
    'Choose a folder with photos, a zip archive, a COCO, CSV or TFRecord file, or a project.',
  );
}

function describe({ counts, problems }: ImportRecorder): string {
  const parts = [`${countPhotos(counts.added)} added`];
  if (counts.known > 0) parts.push(`${counts.known} known already`);
  if (counts.conflicts > 0) parts.push(`${counts.conflicts} under two labels`);
  if (problems > 0) parts.push(`${problems} could not be imported`);
  return `${parts.join(', ')}.`;
}
