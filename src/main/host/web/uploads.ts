import type { IncomingMessage } from 'node:http';
import { AppError } from '../../../shared/api/errors';
import type { Staging } from '../../platform/staging';
import { bodyOf } from '../../platform/http/body-of';
import { type Answer, answerJson } from '../../platform/http/respond';

/**
 * Photos from a browser, staged by id: `POST /uploads` opens one, `PUT /uploads/<id>?path=a/b.jpg`
 * adds a file (the path is its name below the upload, its folder a label), `DELETE /uploads/<id>`
 * throws it away. What is staged is then imported by id.
 */
export async function answerUpload(
  staging: Staging,
  request: IncomingMessage,
  target: URL,
  maximumBytes: number,
): Promise<Answer | undefined> {
  const id = /^\/uploads(?:\/([A-Za-z0-9_:-]{1,100}))?$/.exec(target.pathname);
  if (!id) return undefined;
  const [, uploadId] = id;
  if (request.method === 'POST' && uploadId === undefined) {
    return answerJson(201, { sourceId: staging.openUpload() });
  }
  if (request.method === 'PUT' && uploadId !== undefined) {
    const path = target.searchParams.get('path') ?? '';
    if (path === '') throw new AppError('bad-request', 'An uploaded file needs a path.');
    if (Number(request.headers['content-length'] ?? 0) > maximumBytes) throw tooLarge(maximumBytes);
    await staging.receiveFile(uploadId, path, bounded(request, maximumBytes));
    return { status: 204 };
  }
  if (request.method === 'DELETE' && uploadId !== undefined) {
    await staging.discard(uploadId);
    return { status: 204 };
  }
  return undefined;
}

async function* bounded(
  request: IncomingMessage,
  maximumBytes: number,
): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const bytes of bodyOf(request)) {
    received += bytes.length;
    if (received > maximumBytes) throw tooLarge(maximumBytes);
    yield bytes;
  }
}

const tooLarge = (maximumBytes: number) =>
  new AppError(
    'upload-refused',
    `A file of more than ${Math.floor(maximumBytes / 2 ** 20)} MiB can't be uploaded.`,
    'Import it from its folder with "pocketlens import", or split the archive.',
  );
