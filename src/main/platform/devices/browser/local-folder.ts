import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cannotWrite } from '../../explain-disk-error';
import { freeBytes } from '../../free-space';
import { cancelled, otherBytesOnPhone } from '../device-errors';
import type { DeviceFile, DeviceFolder } from '../device-transport';

export interface LocalFolderOptions {
  /** Absolute, on this computer. */
  root: string;
  /** A file is there whole, under its name. */
  onPut(name: string): void;
}

/**
 * The folder of a phone that has none of its own: a browser is shown this one. Names are checked by
 * those who serve it; here they come from the studio.
 */
export function createLocalFolder({ root, onPut }: LocalFolderOptions): DeviceFolder {
  const at = (name: string) => join(root, ...name.split('/'));

  async function hash(name: string): Promise<string | undefined> {
    if (!(await isFile(at(name)))) return undefined;
    const hasher = createHash('sha256');
    await pipeline(createReadStream(at(name)), hasher);
    return hasher.digest('hex');
  }

  return {
    freeBytes: () => freeBytes(root),
    hash,
    async list(below = '') {
      const entries = await readdir(at(below), { withFileTypes: true }).catch(() => []);
      return Promise.all(
        entries.map(async (entry): Promise<DeviceFile> => {
          const { size, mtimeMs } = await stat(join(at(below), entry.name));
          return {
            name: entry.name,
            bytes: size,
            modifiedMs: mtimeMs,
            isFolder: entry.isDirectory(),
          };
        }),
      );
    },
    async put(name, source, { signal, onProgress }) {
      if (wasCancelled(signal)) throw cancelled();
      const target = at(name);
      const part = join(
        dirname(target),
        `.${basename(target)}.${randomBytes(6).toString('hex')}.part`,
      );
      const bytes = 'path' in source ? source.bytes : source.content.length;
      try {
        if ((await hash(name)) !== source.sha256) {
          await mkdir(dirname(target), { recursive: true });
          const hasher = createHash('sha256');
          const content =
            'path' in source ? createReadStream(source.path) : Readable.from([source.content]);
          await pipeline(
            content,
            async function* (chunks: AsyncIterable<Uint8Array>) {
              for await (const chunk of chunks) {
                hasher.update(chunk);
                yield chunk;
              }
            },
            createWriteStream(part),
            { signal },
          );
          if (hasher.digest('hex') !== source.sha256) throw otherBytesOnPhone(name);
          await rename(part, target);
        }
      } catch (error) {
        await rm(part, { force: true });
        throw wasCancelled(signal) ? cancelled() : cannotWrite(error, target);
      }
      onProgress?.(bytes);
      onPut(name);
    },
    async read(name) {
      return (await isFile(at(name))) ? readFile(at(name)) : undefined;
    },
    pull: (name, toPath) => copyFile(at(name), toPath),
    async remove(...names) {
      await Promise.all(names.map((name) => rm(at(name), { force: true })));
    },
    async sweep() {
      const entries = await readdir(root, { recursive: true }).catch(() => []);
      const left = entries.filter((name) => /(^|[\\/])\.[^\\/]*\.part$/.test(name));
      await Promise.all(left.map((name) => rm(join(root, name), { force: true })));
      return left;
    },
    async close() {
      // Nothing is kept open between two errands.
    },
  };
}

const wasCancelled = (signal: AbortSignal) => signal.aborted;

const isFile = (path: string) =>
  stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  );
