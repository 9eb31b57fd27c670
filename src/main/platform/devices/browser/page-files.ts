import { type BuiltFiles, openBuiltFiles } from '../../http/built-files';

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
 * The built page. There is no secret in it.
 * @throws AppError 'not-found' when it has not been built.
 */
export const openPageFiles = (folder: string | undefined): Promise<BuiltFiles> =>
  openBuiltFiles({
    folder,
    missing: {
      says: 'The page for phones has not been built.',
      remedy: 'Run “npm run build” in the studio’s folder and start again.',
    },
    isForever,
    keptBy: 'public',
  });
