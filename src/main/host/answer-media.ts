import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { AppError } from '../../shared/api/errors';
import type { MediaResponse, StudioApp } from '../app/studio-app';
import { openServedFile } from '../platform/served-files';
import { parseByteRange } from './byte-range';
import { commonHeaders } from '../platform/http/common-headers';
import { mediaPolicy } from './content-security';
import { isMediaPath } from './media-path';

export interface MediaRequest {
  /** What follows `/media/` or `pocketlens://media/`, as sent, without its query. */
  path: string;
  /**
   * The address carries a `?v=` that changes with the project, so that the answer may be kept for
   * ever: `photo/1/thumbnail` alone is another picture in another project.
   */
  versioned: boolean;
  range?: string;
  ifNoneMatch?: string;
}

export interface MediaAnswer {
  status: 200 | 206 | 304 | 416;
  headers: Record<string, string>;
  body?: Readable;
}

interface Content {
  size: number;
  tag: string;
  read(range?: { start: number; end: number }): Readable;
}

/**
 * Answers a request for media in any host: validation by ETag, single byte ranges, caching.
 * @throws AppError 'bad-request' for a path no id can have, 'not-found'.
 */
export async function answerMedia(
  app: Pick<StudioApp, 'media'>,
  request: MediaRequest,
): Promise<MediaAnswer> {
  if (!isMediaPath(request.path)) {
    throw new AppError('bad-request', 'This is not the address of a photo, model or report.');
  }
  const response = await app.media(request.path);
  const content = response && (await contentOf(response));
  if (!response || !content) {
    throw new AppError('not-found', 'There is no such photo, model or report in this project.');
  }
  const forever = request.versioned && response.kind === 'bytes' && response.immutable === true;
  const headers: Record<string, string> = {
    ...commonHeaders,
    'content-security-policy': mediaPolicy,
    'content-type': response.contentType,
    'cache-control': forever ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    etag: content.tag,
    'accept-ranges': 'bytes',
    ...disposition(response),
  };
  if (request.ifNoneMatch?.split(/\s*,\s*/).includes(content.tag)) return { status: 304, headers };

  const range = parseByteRange(request.range, content.size);
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${content.size}` } };
  }
  if (!range) {
    headers['content-length'] = String(content.size);
    return { status: 200, headers, body: content.read() };
  }
  headers['content-length'] = String(range.end - range.start + 1);
  headers['content-range'] = `bytes ${range.start}-${range.end}/${content.size}`;
  return { status: 206, headers, body: content.read(range) };
}

async function contentOf(response: MediaResponse): Promise<Content | undefined> {
  if (response.kind === 'bytes') {
    const { bytes } = response;
    return {
      size: bytes.length,
      tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      read: (range) => {
        const part = range ? bytes.subarray(range.start, range.end + 1) : bytes;
        // In a list: the bytes are one chunk, not a sequence of numbers.
        return Readable.from([part], { objectMode: false });
      },
    };
  }
  const file = await openServedFile(response.path);
  return file && { ...file, tag: `"${file.size}-${Math.round(file.modifiedMs)}"` };
}

function disposition(response: MediaResponse): Record<string, string> {
  if (response.kind === 'bytes' || response.downloadName === undefined) return {};
  // RFC 6266: the plain form for old readers, the encoded one for everything else.
  const plain = response.downloadName.replace(/[^\w.-]/g, '_');
  const encoded = encodeURIComponent(response.downloadName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
  };
}
