import { AppError } from '../../../shared/api/errors';
import { listFilesBelow, openServedFile } from '../served-files';
import { contentType } from './content-type';
import type { Answer } from './respond';

/** Files of a built page: those that were there when it was opened, and no others. */
export interface BuiltFiles {
  /** undefined: the page has no such file. `headers` come beside type, length and caching. */
  answer(pathname: string, headers?: Readonly<Record<string, string>>): Promise<Answer | undefined>;
}

interface BuiltFilesOptions {
  /** Absent: the page was not built at all. */
  folder: string | undefined;
  /** For whoever reads that it was not built: the page, and what to do. */
  missing: { says: string; remedy: string };
  /** Whether a file never changes under its name, as those with a hash in it. */
  isForever(name: string): boolean;
  /** Who may keep what never changes. */
  keptBy: 'private' | 'public';
}

/** @throws AppError 'not-found' when there is no page in the folder. */
export async function openBuiltFiles(options: BuiltFilesOptions): Promise<BuiltFiles> {
  const { folder, missing, isForever, keptBy } = options;
  const none = new Map<string, string>();
  const files = folder === undefined ? none : await listFilesBelow(folder).catch(() => none);
  if (!files.has('index.html')) throw new AppError('not-found', missing.says, missing.remedy);
  return {
    async answer(pathname, headers = {}) {
      const name = pathname === '/' ? 'index.html' : pathname.slice(1);
      const path = files.get(name);
      const file = path === undefined ? undefined : await openServedFile(path);
      if (!file) return undefined;
      return {
        status: 200,
        headers: {
          'content-type': contentType(name),
          'content-length': String(file.size),
          'cache-control': isForever(name) ? `${keptBy}, max-age=31536000, immutable` : 'no-store',
          ...headers,
        },
        body: file.read(),
      };
    },
  };
}
