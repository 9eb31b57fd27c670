/** adb's transport protocol: https://cs.android.com/android/platform/superproject/+/main:packages/modules/adb/protocol.txt */
export const commands = {
  CNXN: 0x4e584e43,
  AUTH: 0x48545541,
  OPEN: 0x4e45504f,
  OKAY: 0x59414b4f,
  CLSE: 0x45534c43,
  WRTE: 0x45545257,
} as const;

export const headerBytes = 24;
/** What this side takes in one packet. */
export const maxPayload = 256 * 1024;

export interface Packet {
  command: number;
  arg0: number;
  arg1: number;
  payload: Buffer;
}

export function encodePacket({ command, arg0, arg1, payload }: Packet): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(command, 0);
  header.writeUInt32LE(arg0, 4);
  header.writeUInt32LE(arg1, 8);
  header.writeUInt32LE(payload.length, 12);
  let sum = 0;
  for (const byte of payload) sum = (sum + byte) >>> 0;
  header.writeUInt32LE(sum, 16);
  header.writeUInt32LE((command ^ 0xffffffff) >>> 0, 20);
  return Buffer.concat([header, payload]);
}

/** Collects bytes and hands out what is whole. */
export class ByteQueue {
  #chunks: Buffer[] = [];
  length = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.length += chunk.length;
  }

  /** The next bytes without taking them; undefined while fewer are there. */
  peek(count: number): Buffer | undefined {
    if (this.length < count) return undefined;
    if ((this.#chunks[0]?.length ?? 0) < count) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0]!.subarray(0, count);
  }

  take(count: number): Buffer | undefined {
    const bytes = this.peek(count);
    if (!bytes) return undefined;
    const rest = this.#chunks[0]!.subarray(count);
    if (rest.length > 0) this.#chunks[0] = rest;
    else this.#chunks.shift();
    this.length -= count;
    return bytes;
  }
}

/** @returns undefined while the next packet is not whole. */
export function takePacket(queue: ByteQueue): Packet | undefined {
  const header = queue.peek(headerBytes);
  if (!header) return undefined;
  const length = header.readUInt32LE(12);
  if (queue.length < headerBytes + length) return undefined;
  const [command, arg0, arg1] = [0, 4, 8].map((at) => header.readUInt32LE(at));
  queue.take(headerBytes);
  const payload = length === 0 ? Buffer.alloc(0) : Buffer.from(queue.take(length)!);
  return { command: command!, arg0: arg0!, arg1: arg1!, payload };
}
