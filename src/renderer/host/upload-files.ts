import { AppError, fromShape } from '@shared/api/errors';
import { errorShapeSchema } from '@shared/domain/job';
import { z } from 'zod';
import type { CollectedFile } from './dropped-files';
import type { StagingOptions } from './studio-host';

/** More would only queue in the browser, which keeps six connections to a host. */
const parallelUploads = 4;

const openedSchema = z.object({ sourceId: z.string() });

/**
 * Uploads files to the web host and returns the id to import them by. The first file that is
 * refused ends the upload.
 * @throws AppError 'upload-refused', 'connection-lost' or 'cancelled'.
 */
export async function uploadFiles(
  origin: string,
  files: readonly CollectedFile[],
  { onProgress, signal }: StagingOptions = {},
): Promise<string> {
  const opened = await request(`${origin}/uploads`, { method: 'POST', signal });
  const { sourceId } = openedSchema.parse(await opened.json());
  const progress = {
    doneFiles: 0,
    totalFiles: files.length,
    doneBytes: 0,
    totalBytes: files.reduce((sum, { file }) => sum + file.size, 0),
  };
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const waiting = files.values();

  async function uploadWaiting(): Promise<void> {
    // All lanes draw from one iterator, so each file is taken once.
    for (const { file, relativePath } of waiting) {
      const address = `${origin}/uploads/${sourceId}?path=${encodeURIComponent(relativePath)}`;
      await request(address, { method: 'PUT', body: file, signal: either });
      progress.doneFiles += 1;
      progress.doneBytes += file.size;
      onProgress?.({ ...progress });
    }
  }

  onProgress?.({ ...progress });
  try {
    await Promise.all(Array.from({ length: parallelUploads }, uploadWaiting));
  } catch (error) {
    failed.abort();
    // What did arrive is of no use; the studio would else keep it until it ends.
    void request(`${origin}/uploads/${sourceId}`, { method: 'DELETE' }).catch(() => undefined);
    throw error;
  }
  return sourceId;
}

async function request(address: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { ...init, credentials: 'same-origin' });
  } catch (error) {
    if (init.signal?.aborted) throw new AppError('cancelled', 'Cancelled.');
    throw new AppError(
      'connection-lost',
      'The upload was cut off.',
      'Check that the studio is still running and drop the photos again.',
      { cause: error },
    );
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response: Response): Promise<AppError> {
  const body: unknown = await response.json().catch(() => undefined);
  const shape = errorShapeSchema.safeParse(body);
  if (shape.success) return fromShape(shape.data);
  return new AppError(
    'upload-refused',
    `The studio refused the upload (status ${response.status}).`,
    'Open the link that the studio printed and try again.',
  );
}
