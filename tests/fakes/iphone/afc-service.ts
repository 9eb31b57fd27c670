import {
  constants,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeSync,
  existsSync,
} from 'node:fs';
import { join, posix } from 'node:path';
import type { Wire } from './wire';

/** What AFC answers; the numbers are Apple's. */
const status = {
  success: 0,
  unknownOperation: 6,
  badArgument: 7,
  notFound: 8,
  isFolder: 9,
  denied: 10,
  exists: 16,
  noSpace: 18,
  notEmpty: 33,
} as const;

const operation = {
  status: 0x01,
  data: 0x02,
  readFolder: 0x03,
  remove: 0x08,
  makeFolder: 0x09,
  fileInfo: 0x0a,
  deviceInfo: 0x0b,
  open: 0x0d,
  opened: 0x0e,
  read: 0x0f,
  write: 0x10,
  seek: 0x11,
  close: 0x14,
  rename: 0x18,
} as const;

const magic = Buffer.from('CFA6LPAA');
const headerBytes = 40;
/** `afc_file_mode_t` as libimobiledevice's afc.h explains it: r+ makes a file that is not there, too. */
const modes: Record<number, string | number> = {
  1: 'r',
  2: constants.O_RDWR | constants.O_CREAT,
  3: 'w',
  4: 'w+',
  5: 'a',
  6: 'a+',
};

interface OpenFile {
  descriptor: number;
  /** Where the next byte is read or written. */
  at: number;
}

export interface AfcDisk {
  /** What the client calls `/`. */
  folder: string;
  /** Only this folder and what is below may be touched. */
  only?: string;
  capacity(): number;
  usedBytes(): number;
  /** One byte of every write arrives as another one. */
  corrupts(): boolean;
  /** Renaming onto a file that is there is refused. */
  keepsExisting(): boolean;
}

class AfcProblem extends Error {
  constructor(readonly code: number) {
    super(`AFC ${code}`);
  }
}

/** Serves Apple File Conduit until the stream ends. */
export async function serveAfc(wire: Wire, disk: AfcDisk): Promise<void> {
  const handles = new Map<number, OpenFile>();
  let nextHandle = 1;

  function local(path: string): string {
    const clean = posix.normalize(`/${path}`);
    const { only } = disk;
    if (only !== undefined && clean !== only && !clean.startsWith(`${only}/`)) {
      throw new AfcProblem(status.denied);
    }
    return join(disk.folder, clean);
  }

  function file(payload: Buffer): OpenFile {
    const opened = handles.get(Number(payload.readBigUInt64LE()));
    if (opened === undefined) throw new AfcProblem(status.badArgument);
    return opened;
  }

  function answer(asked: number, payload: Buffer): [operation: number, payload: Buffer] {
    const paths = payload.toString('utf8').split('\0');
    const path = paths[0] ?? '';
    switch (asked) {
      case operation.readFolder:
        return [operation.data, strings(['.', '..', ...readdirSync(local(path))])];
      case operation.fileInfo: {
        const { size, mtimeMs, isFolder } = infoOf(local(path));
        const time = String(Math.round(mtimeMs * 1e6));
        return [
          operation.data,
          strings([
            ...['st_size', String(size), 'st_blocks', String(Math.ceil(size / 512))],
            ...['st_nlink', '1', 'st_ifmt', isFolder ? 'S_IFDIR' : 'S_IFREG'],
            ...['st_mtime', time, 'st_birthtime', time],
          ]),
        ];
      }
      case operation.deviceInfo: {
        const free = Math.max(0, disk.capacity() - disk.usedBytes());
        return [
          operation.data,
          strings([
            ...['Model', 'iPhone15,4', 'FSTotalBytes', String(disk.capacity())],
            ...['FSFreeBytes', String(free), 'FSBlockSize', '4096'],
          ]),
        ];
      }
      case operation.makeFolder:
        mkdirSync(local(path), { recursive: true });
        return done();
      case operation.remove: {
        const target = local(path);
        if (infoOf(target).isFolder) rmdirSync(target);
        else unlinkSync(target);
        return done();
      }
      case operation.rename: {
        const to = local(paths[1] ?? '');
        if (disk.keepsExisting() && existsSync(to)) throw new AfcProblem(status.exists);
        renameSync(local(path), to);
        return done();
      }
      case operation.open: {
        const mode = modes[Number(payload.readBigUInt64LE())];
        const target = local(payload.subarray(8).toString('utf8').replace(/\0.*$/s, ''));
        if (mode === undefined) throw new AfcProblem(status.badArgument);
        const handle = nextHandle++;
        handles.set(handle, { descriptor: openSync(target, mode), at: 0 });
        return [operation.opened, number64(handle)];
      }
      case operation.read: {
        const into = Buffer.alloc(Number(payload.readBigUInt64LE(8)));
        const opened = file(payload);
        const bytes = readSync(opened.descriptor, into, 0, into.length, opened.at);
        opened.at += bytes;
        return [operation.data, into.subarray(0, bytes)];
      }
      case operation.write: {
        const bytes = Buffer.from(payload.subarray(8));
        if (disk.usedBytes() + bytes.length > disk.capacity()) {
          throw new AfcProblem(status.noSpace);
        }
        if (disk.corrupts() && bytes.length > 0) bytes.writeUInt8(bytes.readUInt8() ^ 1);
        const opened = file(payload);
        opened.at += writeSync(opened.descriptor, bytes, 0, bytes.length, opened.at);
        return done();
      }
      case operation.seek: {
        // From the start only: nobody asks for anything else.
        if (payload.readBigUInt64LE(8) !== 0n) throw new AfcProblem(status.badArgument);
        file(payload).at = Number(payload.readBigInt64LE(16));
        return done();
      }
      case operation.close: {
        closeSync(file(payload).descriptor);
        handles.delete(Number(payload.readBigUInt64LE()));
        return done();
      }
      default:
        throw new AfcProblem(status.unknownOperation);
    }
  }

  try {
    for (;;) {
      const header = await wire.read(headerBytes);
      if (!header.subarray(0, 8).equals(magic)) return;
      const payload = await wire.read(Number(header.readBigUInt64LE(8)) - headerBytes);
      let reply: [number, Buffer];
      try {
        reply = answer(Number(header.readBigUInt64LE(32)), payload);
      } catch (error) {
        reply = [operation.status, number64(codeOf(error))];
      }
      const [kind, body] = reply;
      const size = headerBytes + body.length;
      wire.write(
        Buffer.concat([
          magic,
          number64(size),
          number64(kind === operation.data ? headerBytes : size),
          header.subarray(24, 32),
          number64(kind),
          body,
        ]),
      );
    }
  } finally {
    for (const { descriptor } of handles.values()) closeSync(descriptor);
  }
}

const done = (): [number, Buffer] => [operation.status, number64(status.success)];

const strings = (texts: readonly string[]) => Buffer.from(texts.map((t) => `${t}\0`).join(''));

function number64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function infoOf(path: string) {
  const found = statSync(path);
  return { size: found.size, mtimeMs: found.mtimeMs, isFolder: found.isDirectory() };
}

const systemCodes: Record<string, number> = {
  ENOENT: status.notFound,
  EISDIR: status.isFolder,
  EEXIST: status.exists,
  ENOTEMPTY: status.notEmpty,
};

function codeOf(error: unknown): number {
  if (error instanceof AfcProblem) return error.code;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return systemCodes[code] ?? status.unknownOperation;
}
