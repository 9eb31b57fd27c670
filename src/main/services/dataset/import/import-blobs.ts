import { z } from 'zod';
import { AppError } from '../../../../shared/api/errors';
import type { PhotoId } from '../../../../shared/domain/photo';
import { blobPath } from '../../../platform/blob-store';
import { readStored, writeStored } from '../../../platform/database/stored-value';
import type { Dataset, StoredBlob } from '../../ports';
import { findSplitGroups } from '../splits/split-groups';
import type { ImportJobOptions } from './import-job';
import { createImportReader } from './import-reader';
import { type ImportOutcome, ImportRecorder } from './import-recorder';
import { beginImport, readImportReport } from './import-report';

const key = 'import.blobs';
const newestSchema = z.object({ importId: z.string() });
/** What is taken in one by one is one import as long as a person sits at it. */
const oneSittingMs = 12 * 3600 * 1000;
const never = new AbortController().signal;

export type ImportBlobsOptions = Pick<ImportJobOptions, 'context' | 'photos' | 'labels' | 'recipe'>;

/** Photos that reach the project by another way than files and folders. */
export function createBlobImport(
  options: ImportBlobsOptions,
): Pick<Dataset, 'importBlobs' | 'photosByHash'> {
  const { context, photos } = options;
  const { database, blobsFolder, workers } = context;
  const read = createImportReader({
    ...options,
    labels: 'none',
    copied: true,
    uploaded: false,
    signal: never,
  });

  function openRecorder(): ImportRecorder {
    const before = readStored(database, key, newestSchema);
    const report = before && readImportReport(database, before.importId);
    const isSameSitting =
      report && context.now().getTime() - Date.parse(report.startedAt) < oneSittingMs;
    const importId = isSameSitting ? report.importId : beginImport(database, context.now());
    writeStored(database, key, { importId });
    const recorder = new ImportRecorder({ ...options, ...context, importId });
    if (isSameSitting) {
      const { added, known, conflicts, ignored } = report;
      Object.assign(recorder.counts, { added, known, conflicts, ignored });
    }
    return recorder;
  }

  async function readBlobs(blobs: readonly StoredBlob[]): Promise<ImportOutcome[]> {
    const outcomes = await read(
      blobs.map(({ sha256, fileName }) => {
        const path = blobPath(blobsFolder, sha256);
        const listed = { path, relativePath: fileName, fileName };
        return { kind: 'photo' as const, path, relativePath: fileName, listed };
      }),
    );
    return outcomes.map((outcome, index) => {
      const blob = blobs[index];
      const isWhole =
        blob && outcome.kind === 'read' && outcome.photo.sha256 === blob.sha256 && blob.origin;
      if (isWhole) return { ...outcome, origin: blob.origin };
      throw new AppError(
        'photo-unreadable',
        `The photo ${blob?.fileName ?? ''} is no longer whole in the project’s folder.`,
        'Dismiss it, and take the photo again.',
      );
    });
  }

  const idOf = (sha256: string): PhotoId | undefined => photos.idBySha256(sha256);

  return {
    async importBlobs(blobs) {
      const isMissing = (id: PhotoId) => photos.find(id)?.missing;
      const wanted = blobs.filter(({ sha256 }) => {
        const id = idOf(sha256);
        return id === undefined || isMissing(id);
      });
      if (wanted.length > 0) {
        const outcomes = await readBlobs(wanted);
        database.transaction(() => openRecorder().confirm(outcomes));
        // Near copies of photos that are there are dealt with them, once they get their labels.
        await findSplitGroups(database, workers);
      }
      return blobs.map(({ sha256 }) => {
        const id = idOf(sha256);
        if (id === undefined) throw new Error(`Blob ${sha256} became no photo`);
        return id;
      });
    },
    photosByHash(hashes) {
      const rows = database.all<{ sha256: string; id: PhotoId; labelId: number | null }>(
        `SELECT sha256, id, label_id AS labelId FROM photos
         WHERE sha256 IN (SELECT value FROM json_each(?))`,
        [JSON.stringify(hashes)],
      );
      return new Map(
        rows.map(({ sha256, id, labelId }) => [
          sha256,
          { id, ...(labelId === null ? {} : { labelId }) },
        ]),
      );
    },
  };
}
