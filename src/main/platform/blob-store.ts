import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where a project keeps bytes of its own: `ab/abcdef…`, by their SHA-256. */
export function blobPath(blobsFolder: string, sha256: string): string {
  return join(blobsFolder, sha256.slice(0, 2), sha256);
}

/**
 * Stores bytes under their hash, whole or not at all: synced to the disk under another name, then
 * renamed into place. Bytes that are there already are left alone.
 * @returns the blob's path.
 */
export async function storeBlob(
  blobsFolder: string,
  sha256: string,
  bytes: Uint8Array,
): Promise<string> {
  const path = blobPath(blobsFolder, sha256);
  const known = await stat(path).catch(() => undefined);
  if (known?.size === bytes.byteLength) return path;
  await mkdir(dirname(path), { recursive: true });
  // At the top, where what a killed program left is found without looking through all blobs.
  const partial = join(blobsFolder, `${randomUUID()}.part`);
  try {
    const file = await open(partial, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
  return path;
}
