import { openBuiltFiles } from '../../platform/http/built-files';
import type { Answer } from '../../platform/http/respond';
import { interfacePolicy } from '../content-security';

export interface StaticFiles {
  /** undefined: the interface has no such file. */
  answer(pathname: string, host: string): Promise<Answer | undefined>;
}

/**
 * The built interface.
 * @throws AppError 'not-found' when it has not been built.
 */
export async function openStaticFiles(folder: string): Promise<StaticFiles> {
  const files = await openBuiltFiles({
    folder,
    missing: {
      says: 'The interface of Pocketlens Studio has not been built.',
      remedy: 'Run "npm run build" and start again.',
    },
    // Vite puts a hash of the content into the names in assets/.
    isForever: (name) => name.startsWith('assets/'),
    keptBy: 'private',
  });
  return {
    answer: (pathname, host) =>
      files.answer(pathname, {
        'content-security-policy': interfacePolicy({ connect: [`ws://${host}`] }),
      }),
  };
}
