import { createReadStream, createWriteStream } from 'node:fs';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DeviceClient } from '@devicefarmer/adbkit';
import type PushTransfer from '@devicefarmer/adbkit/dist/src/adb/sync/pushtransfer';
import { systemCode } from '../../explain-disk-error';
import type { PutSource, TransferHooks } from '../device-transport';
import { explainAdbError } from './adb-errors';
import type { AdbServer } from './adb-server';
import { atAdb, type SessionOptions } from './adb-session';

/** Of adb's sync protocol. */
const chunkBytes = 65_536;
/** What is told about a push that broke is told within it. */
const settleMs = 100;
/** What may wait in this process for the adb server; adbkit itself takes no notice. */
const waitingBytes = 1 << 20;

export const sizeOf = (source: PutSource) =>
  'path' in source ? source.bytes : source.content.length;

/**
 * Sends a file. Resolves only when the phone has confirmed it; its size is then still to be compared.
 */
export function pushFile(
  server: AdbServer,
  serial: string,
  source: PutSource,
  target: string,
  { signal, onProgress, idleMs }: TransferHooks & Pick<SessionOptions, 'idleMs'>,
): Promise<void> {
  return atAdb(server, serial, { signal, idleMs }, async ({ client, device, touch }) => {
    const sync = await device.syncService();
    const { socket } = client;
    const stream = Readable.from(
      paced(source, socket, (bytes) => {
        touch();
        onProgress?.(bytes);
      }),
      { objectMode: false, highWaterMark: chunkBytes },
    );
    const transfer = sync.push(stream, target, 0o644);
    await ending(transfer, stream, socket);
    sync.end();
  });
}

/**
 * Resolves when the phone has confirmed. 'end' comes after a failure too, and what the phone said may
 * come after the connection broke of it: of all that is heard within a moment, its words count most.
 */
function ending(transfer: PushTransfer, stream: Readable, socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const heard: unknown[] = [];
    let timer: NodeJS.Timeout | undefined;
    const trouble = (error: unknown) => {
      heard.push(error);
      timer ??= setTimeout(
        () => reject(explainAdbError(heard.find(isFromPhone) ?? heard[0])),
        settleMs,
      );
    };
    transfer.on('error', trouble);
    stream.on('error', trouble);
    socket.once('close', () => trouble(new Error('Connection closed')));
    transfer.on('end', () => {
      if (heard.length === 0) resolve();
    });
  });
}

const isFromPhone = (error: unknown) => error instanceof Error && error.name === 'FailError';

/** Reads no faster than the adb server takes it, and tells how much it has taken. */
async function* paced(
  source: PutSource,
  socket: Socket,
  onTaken: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let read = 0;
  const chunks =
    'path' in source
      ? createReadStream(source.path, { highWaterMark: chunkBytes })
      : [Buffer.from(source.content)];
  for await (const chunk of chunks as AsyncIterable<Buffer>) {
    while (socket.writableLength > waitingBytes && !socket.destroyed) await drained(socket);
    read += chunk.length;
    yield chunk;
    onTaken(Math.max(0, read - socket.writableLength));
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}

/** undefined when there is no such file. */
export async function statFile(
  device: DeviceClient,
  path: string,
): Promise<{ bytes: number; modifiedMs: number } | undefined> {
  try {
    const { size, mtimeMs } = await device.stat(path);
    return { bytes: size, modifiedMs: mtimeMs };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The chunks of a file. A pull that fails looks like an empty success in adbkit, so the size is asked
 * for before and compared after.
 * @returns 'changed' when another file took its place meanwhile, as an app's rename does.
 */
export function pullFile(
  server: AdbServer,
  serial: string,
  path: string,
  into: ((chunk: Buffer) => void) | { file: string },
  { signal, onProgress, idleMs }: Partial<TransferHooks> & Pick<SessionOptions, 'idleMs'>,
): Promise<'whole' | 'changed' | 'missing'> {
  return atAdb(
    server,
    serial,
    { ...(signal ? { signal } : {}), idleMs },
    async ({ device, touch }) => {
      const found = await statFile(device, path);
      if (!found) return 'missing';
      const transfer = await device.pull(path);
      let received = 0;
      const counted = async function* (source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          received += chunk.length;
          touch();
          onProgress?.(received);
          yield chunk;
        }
      };
      if (typeof into === 'function') {
        for await (const chunk of counted(transfer)) into(chunk);
      } else {
        await pipeline(transfer, counted, createWriteStream(into.file));
      }
      if (received === found.bytes) return 'whole';
      const now = await statFile(device, path);
      return received === now?.bytes ? 'whole' : 'changed';
    },
  );
}
