import { open } from 'node:fs/promises';
import type { PutSource } from '../device-transport';

/** What adb's sync protocol takes in one DATA. */
const frameBytes = 65_536;
const headerBytes = 8;
/** Written at once. */
const framesAtOnce = 4;

export interface FrameBatch {
  /** DATA frames, one after another, headers and all. */
  bytes: Buffer;
  /** Bytes of the source in them. */
  content: number;
}

/**
 * The bytes of a source as DATA frames of the sync protocol (`DATA`, length as uint32 LE, bytes), read
 * straight into their places. Each batch lies in memory of its own, of which `batches` are used in turn:
 * one is overwritten once so many others were asked for.
 */
export async function* dataFrames(source: PutSource, batches: number): AsyncGenerator<FrameBatch> {
  const stride = headerBytes + frameBytes;
  const buffers = Array.from({ length: batches }, () => Buffer.allocUnsafe(framesAtOnce * stride));
  const reader = 'path' in source ? await readFrom(source.path) : readContent(source.content);
  try {
    for (let turn = 0; ; turn = (turn + 1) % batches) {
      const buffer = buffers[turn] ?? Buffer.alloc(0);
      const places = Array.from({ length: framesAtOnce }, (_, index) => {
        const from = index * stride + headerBytes;
        return buffer.subarray(from, from + frameBytes);
      });
      const content = await reader.fill(places);
      if (content === 0) return;
      let end = 0;
      for (let left = content; left > 0; left -= frameBytes) {
        const length = Math.min(left, frameBytes);
        buffer.write('DATA', end, 'ascii');
        buffer.writeUInt32LE(length, end + 4);
        end += headerBytes + length;
      }
      yield { bytes: buffer.subarray(0, end), content };
    }
  } finally {
    await reader.close();
  }
}

interface Reader {
  /** @returns how many bytes; they lie one after another in the places, 0 at the end. */
  fill(places: Buffer[]): Promise<number>;
  close(): Promise<void>;
}

async function readFrom(path: string): Promise<Reader> {
  const file = await open(path);
  return {
    fill: async (places) => (await file.readv(places)).bytesRead,
    close: () => file.close(),
  };
}

function readContent(content: Uint8Array): Reader {
  let at = 0;
  return {
    fill(places) {
      const from = at;
      for (const place of places) {
        const part = content.subarray(at, at + place.length);
        place.set(part);
        at += part.length;
      }
      return Promise.resolve(at - from);
    },
    close: () => Promise.resolve(),
  };
}
