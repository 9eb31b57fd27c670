import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { MediaAnswer } from '../answer-media';

/** An answer as the `Response` that Electron's protocol handlers return. */
export function toResponse({ status, headers, body }: MediaAnswer): Response {
  const stream: ReadableStream | null = body ? Readable.toWeb(body) : null;
  return new Response(stream, { status, headers });
}
