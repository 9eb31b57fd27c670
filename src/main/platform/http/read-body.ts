import type { IncomingMessage } from 'node:http';
import { AppError } from '../../../shared/api/errors';
import { bodyOf } from './body-of';

/**
 * A small body as text.
 * @throws AppError 'upload-refused' when it has more than `maximumBytes`.
 */
export async function readBody(request: IncomingMessage, maximumBytes: number): Promise<string> {
  return (await readBytes(request, maximumBytes)).toString('utf8');
}

/**
 * A body that fits into memory.
 * @throws AppError 'upload-refused' when it has more than `maximumBytes`.
 */
export async function readBytes(request: IncomingMessage, maximumBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = Number(request.headers['content-length'] ?? 0);
  if (length <= maximumBytes) {
    length = 0;
    for await (const bytes of bodyOf(request)) {
      chunks.push(bytes);
      length += bytes.length;
      if (length > maximumBytes) break;
    }
  }
  if (length <= maximumBytes) return Buffer.concat(chunks);
  throw new AppError(
    'upload-refused',
    `More than ${maximumBytes} bytes were sent where nothing is that long.`,
  );
}
