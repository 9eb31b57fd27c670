import type { IncomingMessage } from 'node:http';

/**
 * The bytes of a request. Whoever stops reading early leaves the connection open: it carries the
 * answer that says why.
 */
export function bodyOf(request: IncomingMessage): AsyncIterable<Uint8Array> {
  // No encoding is ever set, so its chunks are bytes.
  return request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
}
