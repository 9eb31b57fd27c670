import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, type ErrorCode, toShape } from '../../../shared/api/errors';
import { commonHeaders } from './common-headers';

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: Readable | string;
}

const statusOfCode: Partial<Record<ErrorCode, number>> = {
  'bad-request': 400,
  forbidden: 403,
  'not-found': 404,
  'upload-refused': 413,
  'too-many': 429,
  internal: 500,
  'no-space': 507,
};

/** `{ code, message, remedy }`, as every refusal of this host reads. */
export function answerError(error: unknown): Answer {
  const status = error instanceof AppError ? (statusOfCode[error.code] ?? 409) : 500;
  return answerJson(status, toShape(error));
}

export function answerJson(status: number, value: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}

/** Nothing is cached unless the answer says so. */
export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
): Promise<void> {
  response.writeHead(status, {
    ...commonHeaders,
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    // A refused upload still sends; there is no use in reading it.
    ...(request.complete ? {} : { connection: 'close' }),
    ...headers,
  });
  if (request.method === 'HEAD' || body === undefined || typeof body === 'string') {
    if (typeof body === 'object') body.destroy();
    response.end(typeof body === 'string' && request.method !== 'HEAD' ? body : undefined);
    return;
  }
  // Whoever closes the tab in the middle of a photo is no error of ours.
  await pipeline(body, response).catch(() => response.destroy());
}
