import type { IncomingMessage } from 'node:http';
import { AppError } from '../../../shared/api/errors';
import { bodyOf } from './body-of';

/**
 * A small body as text.
 * @throws AppError 'upload-refused' when it has more than `maximumBytes`.
 */
export async function readBody(request: IncomingMessage, maximumBytes: number): Promise<string> {
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
  if (length <= maximumBytes) return Buffer.concat(chunks).toString('utf8');
  throw new AppError(
    'upload-refused',
    `More than ${maximumBytes} bytes were sent where no message is that long.`,
  );
}
