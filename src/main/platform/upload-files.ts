import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../shared/api/errors';
import { explainDiskError, systemCode } from './explain-disk-error';
import { safePathParts } from './upload-path';

export interface UploadLimits {
  /** Of one upload. */
  files: number;
  bytes: number;
}

export interface UploadFiles {
  readonly folder: string;
  /**
   * Writes a file below the folder. A name that is taken gets a number: no photo replaces another.
   * Nothing stays of a file that fails.
   * @returns its path on the disk.
   * @throws AppError 'upload-refused', 'no-space', 'not-writable'.
   */
  write(relativePath: string, body: AsyncIterable<Uint8Array>): Promise<string>;
  /** Takes a written file back; its bytes and place no longer count. */
  remove(path: string): Promise<void>;
}

/** The files of one upload, counted against its limits while they arrive. */
export function createUploadFiles(folder: string, limits: UploadLimits): UploadFiles {
  const sizes = new Map<string, number>();
  let files = 0;
  let bytes = 0;

  async function* counted(body: AsyncIterable<Uint8Array>, path: string) {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      sizes.set(path, (sizes.get(path) ?? 0) + chunk.byteLength);
      if (bytes > limits.bytes) throw tooMuch(`more than ${Math.round(limits.bytes / 1e9)} GB`);
      yield chunk;
    }
  }

  async function remove(path: string): Promise<void> {
    await rm(path, { force: true });
    if (!sizes.has(path)) return;
    files -= 1;
    bytes -= sizes.get(path) ?? 0;
    sizes.delete(path);
  }

  return {
    folder,
    remove,
    async write(relativePath, body) {
      const target = join(folder, ...safePathParts(relativePath));
      if (files >= limits.files) throw tooMuch(`more than ${limits.files} files`);
      files += 1;
      let path: string | undefined;
      try {
        const created = await createFile(target);
        path = created.path;
        sizes.set(path, 0);
        const stream = createWriteStream(path, { fd: created.handle });
        await pipeline(counted(body, path), stream);
        return path;
      } catch (error) {
        if (path === undefined) files -= 1;
        else await remove(path);
        throw explain(error);
      }
    },
  };
}

async function createFile(target: string): Promise<{ path: string; handle: FileHandle }> {
  await mkdir(dirname(target), { recursive: true });
  const extension = extname(target);
  const stem = target.slice(0, target.length - extension.length);
  for (let number = 1; ; number++) {
    const path = number === 1 ? target : `${stem} (${number})${extension}`;
    try {
      return { path, handle: await open(path, 'wx') };
    } catch (error) {
      if (!['EEXIST', 'EISDIR'].includes(systemCode(error) ?? '')) throw error;
    }
  }
}

/** Codes for a name that this computer's disks can't hold. */
const unusableName = new Set(['ENAMETOOLONG', 'ENOTDIR', 'EINVAL', 'ENOENT', 'EILSEQ']);

function explain(error: unknown): unknown {
  if (!unusableName.has(systemCode(error) ?? '')) return explainDiskError(error, 'The upload');
  return new AppError(
    'upload-refused',
    'A file was refused because its name can not be stored on this computer.',
    'Rename the file and upload it again.',
    { cause: error },
  );
}

const tooMuch = (what: string) =>
  new AppError(
    'upload-refused',
    `An upload can't have ${what}.`,
    'Upload the photos in several parts, or import their folder with "pocketlens import".',
  );
