import { AppError } from '../../../shared/api/errors';
import { listFilesBelow, openServedFile } from '../../platform/served-files';
import { interfacePolicy } from '../content-security';
import { contentType } from '../../platform/http/content-type';
import type { Answer } from '../../platform/http/respond';

export interface StaticFiles {
  /** undefined: the interface has no such file. */
  answer(pathname: string, host: string): Promise<Answer | undefined>;
}

/**
 * The built interface, listed once: a path that is not in the list does not exist.
 * @throws AppError 'not-found' when it has not been built.
 */
export async function openStaticFiles(folder: string): Promise<StaticFiles> {
  const files = await listFilesBelow(folder).catch(() => new Map<string, string>());
  if (!files.has('index.html')) {
    throw new AppError(
      'not-found',
      'The interface of Pocketlens Studio has not been built.',
      'Run "npm run build" and start again.',
    );
  }
  return {
    async answer(pathname, host) {
      const name = pathname === '/' ? 'index.html' : pathname.slice(1);
      const path = files.get(name);
      const file = path === undefined ? undefined : await openServedFile(path);
      if (!file) return undefined;
      return {
        status: 200,
        headers: {
          'content-type': contentType(name),
          'content-length': String(file.size),
          'content-security-policy': interfacePolicy({ connect: [`ws://${host}`] }),
          // Vite puts a hash of the content into the names in assets/.
          'cache-control': name.startsWith('assets/')
            ? 'private, max-age=31536000, immutable'
            : 'no-store',
        },
        body: file.read(),
      };
    },
  };
}
