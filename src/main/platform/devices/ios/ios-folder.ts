import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { AppError } from '../../../../shared/api/errors';
import { cancelled, otherBytesOnPhone } from '../device-errors';
import type { DeviceFile, DeviceFolder, PutSource, TransferHooks } from '../device-transport';
import { isExisting } from './ios-errors';
import type { IphoneConnection } from './iphone-connection';

/** Larger chunks are no faster; smaller ones are, several times over, slower. */
const chunkBytes = 1 << 20;
const readLimit = 4 << 20;
/** What a call that runs may still take once somebody has cancelled. */
const patienceMs = 2_000;

export interface IosFolderOptions {
  /** A process of its own with the phone's disk open; asked again when one has ended. */
  openDisk(): Promise<IphoneConnection>;
  /** `/Documents/models`. */
  root: string;
}

/** A folder on an iPhone, through Apple File Conduit. */
export function createIosFolder({ openDisk, root }: IosFolderOptions): DeviceFolder {
  let current: IphoneConnection | undefined;
  const at = (name: string) => (name === '' ? root : `${root}/${name}`);
  const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'));

  async function phone(): Promise<IphoneConnection> {
    if (!current || current.ended) current = await openDisk();
    return current;
  }

  /** Runs work that can be cancelled: the call that is running is not waited for forever. */
  async function during<Result>(
    signal: AbortSignal | undefined,
    work: (phone: IphoneConnection) => Promise<Result>,
  ): Promise<Result> {
    if (signal?.aborted) throw cancelled();
    const connection = await phone();
    const hurry = () => connection.hurry(patienceMs);
    signal?.addEventListener('abort', hurry, { once: true });
    try {
      return await work(connection);
    } catch (error) {
      throw signal?.aborted ? cancelled() : error;
    } finally {
      signal?.removeEventListener('abort', hurry);
    }
  }

  async function makeFolders(phone: IphoneConnection, folder: string): Promise<void> {
    const parts = folder.split('/').filter((part) => part !== '');
    // Documents itself is there, and is not ours to make.
    for (let depth = 2; depth <= parts.length; depth++) {
      await phone.ask('makeFolder', `/${parts.slice(0, depth).join('/')}`);
    }
  }

  async function hashAt(phone: IphoneConnection, path: string, signal?: AbortSignal) {
    if ((await phone.ask('sizeOf', path)) === undefined) return undefined;
    const handle = await phone.ask('openFile', path, 'read');
    for (;;) {
      if (signal?.aborted) throw cancelled();
      const hash = await phone.ask('hashOn', handle, chunkBytes);
      if (hash === undefined) continue;
      await phone.ask('closeFile', handle);
      return hash;
    }
  }

  /** Calls back with each chunk; false when there is no such file. */
  async function readFile(
    phone: IphoneConnection,
    path: string,
    take: (chunk: Uint8Array) => void | Promise<void>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    if ((await phone.ask('sizeOf', path)) === undefined) return false;
    const handle = await phone.ask('openFile', path, 'read');
    for (;;) {
      if (signal?.aborted) throw cancelled();
      const chunk = await phone.ask('read', handle, chunkBytes);
      if (chunk.length === 0) break;
      await take(chunk);
    }
    await phone.ask('closeFile', handle);
    return true;
  }

  async function send(
    phone: IphoneConnection,
    source: PutSource,
    path: string,
    { signal, onProgress }: TransferHooks,
  ): Promise<void> {
    const handle = await phone.ask('openFile', path, 'write');
    let sent = 0;
    try {
      for await (const chunk of chunksOf(source)) {
        if (signal.aborted) throw cancelled();
        await phone.ask('write', handle, chunk);
        sent += chunk.length;
        onProgress?.(sent);
      }
    } finally {
      if (!phone.ended) await phone.ask('closeFile', handle);
    }
  }

  /**
   * A rename replaces what is there; where the phone refuses that (AFC 16), the old file is removed
   * first. Models are named by their hash and never replaced, so this is for the manifest alone.
   */
  async function moveInto(phone: IphoneConnection, from: string, to: string): Promise<void> {
    try {
      await phone.ask('rename', from, to);
    } catch (error) {
      if (!isExisting(error)) throw error;
      await phone.ask('remove', to);
      await phone.ask('rename', from, to);
    }
  }

  async function list(below = ''): Promise<DeviceFile[]> {
    return (await phone()).ask('readFolder', at(below));
  }

  async function sweepBelow(below: string): Promise<string[]> {
    const swept: string[] = [];
    for (const { name, isFolder } of await list(below)) {
      const inside = below === '' ? name : `${below}/${name}`;
      if (isFolder) swept.push(...(await sweepBelow(inside)));
      else if (/^\..*\.part$/.test(name)) {
        await (await phone()).ask('remove', at(inside));
        swept.push(inside);
      }
    }
    return swept;
  }

  return {
    list,
    sweep: () => sweepBelow(''),
    freeBytes: async () => (await phone()).ask('freeBytes'),
    put: (name, source, hooks) =>
      during(hooks.signal, async (phone) => {
        const target = at(name);
        const bytes = 'path' in source ? source.bytes : source.content.length;
        const isThere = (await phone.ask('sizeOf', target)) === bytes;
        if (isThere && (await hashAt(phone, target, hooks.signal)) === source.sha256) {
          hooks.onProgress?.(bytes);
          return;
        }
        const short = target.slice(target.lastIndexOf('/') + 1);
        const part = `${parentOf(target)}/.${short}.${randomBytes(6).toString('hex')}.part`;
        await makeFolders(phone, parentOf(target));
        try {
          await send(phone, source, part, hooks);
          if ((await hashAt(phone, part, hooks.signal)) !== source.sha256)
            throw otherBytesOnPhone(name);
          if (hooks.signal.aborted) throw cancelled();
          await moveInto(phone, part, target);
        } catch (error) {
          // What can't be removed now is swept by the next push.
          if (!phone.ended) await phone.ask('remove', part).catch(() => undefined);
          throw error;
        }
        hooks.onProgress?.(bytes);
      }),
    read: (name, signal) =>
      during(signal, async (phone) => {
        const chunks: Uint8Array[] = [];
        const size = await phone.ask('sizeOf', at(name));
        if (size !== undefined && size > readLimit) {
          throw new AppError(
            'device-refused',
            `${name} on the iPhone is too large to be read whole.`,
            'Update the app that wrote it: the companion protocol has no message of more than 4 MiB.',
          );
        }
        const keep = (chunk: Uint8Array) => void chunks.push(chunk);
        return (await readFile(phone, at(name), keep, signal)) ? Buffer.concat(chunks) : undefined;
      }),
    pull: (name, toPath, hooks) =>
      during(hooks.signal, async (phone) => {
        const file = await open(toPath, 'w');
        let pulled = 0;
        try {
          const keep = async (chunk: Uint8Array) => {
            await file.write(chunk);
            pulled += chunk.length;
            hooks.onProgress?.(pulled);
          };
          if (await readFile(phone, at(name), keep, hooks.signal)) return;
        } finally {
          await file.close();
        }
        throw new AppError(
          'not-found',
          `${name} is not on the iPhone any more.`,
          'Look at the iPhone’s files anew.',
        );
      }),
    hash: (name, signal) => during(signal, (phone) => hashAt(phone, at(name), signal)),
    async remove(...names) {
      for (const name of names) await (await phone()).ask('remove', at(name));
    },
    async close() {
      current?.end();
    },
  };
}

async function* chunksOf(source: PutSource): AsyncGenerator<Uint8Array> {
  if ('content' in source) {
    for (let from = 0; from < source.content.length; from += chunkBytes) {
      yield source.content.subarray(from, from + chunkBytes);
    }
    return;
  }
  const file = await open(source.path, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
