import { AppError } from '@shared/api/errors';

export interface CollectedFile {
  file: File;
  /** With the folders below what was dropped, by `/`: they become labels. */
  relativePath: string;
}

/**
 * Everything in a drop, folders walked to the bottom. The entries are taken synchronously: a
 * DataTransfer is emptied as soon as its event is over.
 * @throws AppError 'upload-refused' naming what can't be read.
 */
export async function collectDropped(transfer: DataTransfer): Promise<CollectedFile[]> {
  const roots = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const collected: CollectedFile[] = [];
  for (const root of roots) {
    if (root instanceof File) collected.push({ file: root, relativePath: root.name });
    else if (root) await walk(root, '', collected);
  }
  return collected;
}

async function walk(entry: FileSystemEntry, prefix: string, into: CollectedFile[]): Promise<void> {
  const relativePath = prefix + entry.name;
  if (isFile(entry)) {
    const file = await read<File>(relativePath, (done, failed) => entry.file(done, failed));
    into.push({ file, relativePath });
  } else if (isFolder(entry)) {
    for (const child of await readFolder(entry, relativePath))
      await walk(child, `${relativePath}/`, into);
  }
}

/** `readEntries` gives a folder in portions (Chromium: 100) until it gives an empty one. */
async function readFolder(
  folder: FileSystemDirectoryEntry,
  relativePath: string,
): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await read<FileSystemEntry[]>(relativePath, (done, failed) =>
      reader.readEntries(done, failed),
    );
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}

function read<Value>(
  relativePath: string,
  ask: (done: (value: Value) => void, failed: (error: DOMException) => void) => void,
): Promise<Value> {
  return new Promise((resolve, reject) =>
    ask(resolve, (cause) =>
      reject(
        new AppError(
          'upload-refused',
          `“${relativePath}” can't be read.`,
          'Check that it is still there and that you may open it, then drop it again.',
          { cause },
        ),
      ),
    ),
  );
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
