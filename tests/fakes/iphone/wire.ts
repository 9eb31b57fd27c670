import type { Duplex } from 'node:stream';
import { type PlistObject, readPlist, writePlist } from './property-lists';

/** Reads a stream by whole numbers of bytes. */
export interface Wire {
  /** Rejects when the stream ends first. */
  read(bytes: number): Promise<Buffer>;
  write(bytes: Buffer): void;
  /** Four bytes of length, big endian, and a property list: what most services speak. */
  readMessage(): Promise<Record<string, unknown>>;
  writeMessage(message: PlistObject): void;
  /** Stops reading, so that somebody else can go on with the stream. */
  release(): Duplex;
}

export function createWire(stream: Duplex): Wire {
  let isOver = false;
  const woken = new Set<() => void>();
  const wake = () => {
    for (const resolve of woken) resolve();
    woken.clear();
  };
  const end = () => {
    isOver = true;
    wake();
  };
  stream.on('readable', wake).on('end', end).on('close', end).on('error', end);

  async function read(bytes: number): Promise<Buffer> {
    if (bytes === 0) return Buffer.alloc(0);
    for (;;) {
      const chunk = stream.read(bytes) as Buffer | null;
      if (chunk?.length === bytes) return chunk;
      if (isOver) throw new Error('The stream ended');
      await new Promise<void>((resolve) => woken.add(resolve));
    }
  }

  function write(bytes: Buffer): void {
    if (!stream.destroyed) stream.write(bytes);
  }

  return {
    read,
    write,
    async readMessage() {
      const length = (await read(4)).readUInt32BE();
      return readPlist(await read(length));
    },
    writeMessage(message) {
      const body = writePlist(message);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(body.length);
      write(Buffer.concat([length, body]));
    },
    release() {
      stream.removeListener('readable', wake);
      return stream;
    },
  };
}
