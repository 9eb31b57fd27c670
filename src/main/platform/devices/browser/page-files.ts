import { AppError } from '../../../../shared/api/errors';
import { contentType } from '../../http/content-type';
import type { Answer } from '../../http/respond';
import { listFilesBelow, openServedFile } from '../../served-files';

export interface PageFiles {
  /** undefined: the page has no such file. */
  answer(pathname: string): Promise<Answer | undefined>;
}

/** Sent with all that is answered: threads need a page that no other one can look into. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'cross-origin-embedder-policy': 'require-corp',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};

const isForever = (name: string) => name.startsWith('assets/') || name.startsWith('litert/');

/**
 * The built page, listed once: a path that is not in the list does not exist. There is no secret in it.
 * @throws AppError 'not-found' when it has not been built.
 */
export async function openPageFiles(folder: string | undefined): Promise<PageFiles> {
  const files =
    folder === undefined
      ? new Map<string, string>()
      : await listFilesBelow(folder).catch(() => new Map<string, string>());
  if (!files.has('index.html')) {
    throw new AppError(
      'not-found',
      'The page for phones has not been built.',
      'Run “npm run build” in the studio’s folder and start again.',
    );
  }
  return {
    async answer(pathname) {
      const name = pathname === '/' ? 'index.html' : pathname.slice(1);
      const path = files.get(name);
      const file = path === undefined ? undefined : await openServedFile(path);
      if (!file) return undefined;
      return {
        status: 200,
        headers: {
          'content-type': contentType(name),
          'content-length': String(file.size),
          'cache-control': isForever(name) ? 'public, max-age=31536000, immutable' : 'no-store',
        },
        body: file.read(),
      };
    },
  };
}
