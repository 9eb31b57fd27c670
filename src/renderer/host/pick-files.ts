import type { SourceKind } from '@shared/api/electron-bridge';
import type { CollectedFile } from './dropped-files';

const accepted =
  'image/jpeg,image/png,image/webp,image/avif,image/tiff,image/gif,image/heic,image/heif,.heic,.heif,.zip,.json,.csv,.tsv,.tfrecord';

/** The browser's file or folder dialog; an empty list when it was dismissed. */
export function pickFiles(kind: SourceKind): Promise<CollectedFile[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  if (kind === 'folder') input.webkitdirectory = true;
  else input.accept = accepted;
  return new Promise((resolve) => {
    input.addEventListener('cancel', () => resolve([]));
    input.addEventListener('change', () =>
      resolve(
        [...(input.files ?? [])].map((file) => ({
          file,
          relativePath: file.webkitRelativePath || file.name,
        })),
      ),
    );
    input.click();
  });
}
