import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ByteQueue } from './packets';
import type { PhoneFiles } from './phone-files';

const chunkBytes = 64 * 1024;

interface Receiving {
  path: string;
  /** undefined once it failed: the rest is taken and thrown away, as adbd does. */
  file: number | undefined;
  /** What its disk had left at the start, and how much it can hold in all: others fill it meanwhile. */
  room: number;
  capacity: number;
  isFirst: boolean;
}

/**
 * The device's side of a `sync:` stream:
 * https://cs.android.com/android/platform/superproject/+/main:packages/modules/adb/SYNC.TXT
 */
export function createSyncService(
  files: PhoneFiles,
  send: (bytes: Buffer) => void,
  end: () => void,
) {
  const queue = new ByteQueue();
  let receiving: Receiving | undefined;

  const message = (id: string, ...numbers: number[]) => {
    const bytes = Buffer.alloc(4 + 4 * numbers.length);
    bytes.write(id, 0, 'ascii');
    numbers.forEach((number, index) => bytes.writeUInt32LE(number >>> 0, 4 + 4 * index));
    return bytes;
  };

  function fail(text: string): void {
    const bytes = Buffer.from(text);
    send(Buffer.concat([message('FAIL', bytes.length), bytes]));
  }

  function startReceiving(spec: string): void {
    const path = spec.slice(0, spec.lastIndexOf(','));
    receiving = {
      path,
      file: undefined,
      room: files.freeBytes(),
      capacity: files.capacity,
      isFirst: true,
    };
    if (files.isDenied(path)) return fail("couldn't create file: Permission denied");
    const local = files.local(path);
    mkdirSync(dirname(local), { recursive: true });
    receiving.file = openSync(local, 'w');
  }

  function drop(into: Receiving, why: string): void {
    if (into.file === undefined) return;
    closeSync(into.file);
    into.file = undefined;
    rmSync(files.local(into.path), { force: true });
    fail(why);
  }

  function receive(into: Receiving, data: Buffer): void {
    if (into.file === undefined) return;
    const taken = into.capacity - files.capacity;
    if (data.length > into.room - taken) return drop(into, 'write failed: No space left on device');
    into.room -= data.length;
    const bytes = Buffer.from(data);
    if (files.faults.corrupts && into.isFirst) bytes[0] = (bytes[0] ?? 0) ^ 0x01;
    into.isFirst = false;
    writeSync(into.file, bytes);
  }

  function finish(into: Receiving): void {
    if (into.file !== undefined) {
      closeSync(into.file);
      send(message('OKAY', 0));
    }
    receiving = undefined;
  }

  function stat(path: string): number[] {
    const found = statSync(files.local(path), { throwIfNoEntry: false });
    if (!found) return [0, 0, 0];
    return [found.mode, found.size, Math.floor(found.mtimeMs / 1000)];
  }

  function list(path: string): void {
    let names: string[] = [];
    try {
      names = readdirSync(files.local(path));
    } catch {
      // adbd lists nothing where nothing is.
    }
    for (const name of names) {
      const bytes = Buffer.from(name);
      send(Buffer.concat([message('DENT', ...stat(join(path, name)), bytes.length), bytes]));
    }
    send(message('DONE', 0, 0, 0, 0));
  }

  function read(path: string): void {
    let content: Buffer;
    try {
      content = readFileSync(files.local(path));
    } catch {
      return fail('No such file or directory');
    }
    for (let at = 0; at < content.length; at += chunkBytes) {
      const chunk = content.subarray(at, at + chunkBytes);
      send(Buffer.concat([message('DATA', chunk.length), chunk]));
    }
    send(message('DONE', 0));
  }

  function takeRequest(): boolean {
    const head = queue.peek(8);
    if (!head) return false;
    const id = head.toString('ascii', 0, 4);
    const number = head.readUInt32LE(4);
    const hasBody = !(receiving && id === 'DONE') && id !== 'QUIT';
    if (hasBody && queue.length < 8 + number) return false;
    queue.take(8);
    const body = hasBody && number > 0 ? Buffer.from(queue.take(number)!) : Buffer.alloc(0);
    if (receiving && id === 'DATA') receive(receiving, body);
    else if (receiving && id === 'DONE') finish(receiving);
    else if (id === 'SEND') startReceiving(body.toString());
    else if (id === 'STAT') send(message('STAT', ...stat(body.toString())));
    else if (id === 'LIST') list(body.toString());
    else if (id === 'RECV') read(body.toString());
    else if (id === 'QUIT') end();
    else fail(`unknown command ${id}`);
    return true;
  }

  return {
    data(bytes: Buffer): void {
      queue.push(bytes);
      while (takeRequest());
    },
    /** The other side is gone: adbd removes what it received in part. */
    close(): void {
      if (receiving) drop(receiving, 'closed');
    },
  };
}
