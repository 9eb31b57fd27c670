import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type Parser from '@devicefarmer/adbkit/dist/src/adb/parser';
import type { PutSource, TransferHooks } from '../device-transport';
import type { AdbServer } from './adb-server';
import { atAdb, type SessionOptions } from './adb-session';
import { dataFrames } from './data-frames';

/** A file that its owner may write and all may read. */
const mode = 0o100644;
/** Batches that wait for the adb server while the next one is read: about what it takes in a few milliseconds. */
const batchesWaiting = 12;
/** What the phone says of a push that broke is heard within it. */
const settleMs = 100;

/**
 * Sends a file. Resolves only when the phone has confirmed it; its size is then still to be compared.
 * adbkit opens the sync stream, but its own push writes each frame in two pieces and takes no notice of
 * how much waits, so the frames are written here:
 * https://cs.android.com/android/platform/superproject/+/main:packages/modules/adb/SYNC.TXT
 */
export function pushFile(
  server: AdbServer,
  serial: string,
  source: PutSource,
  target: string,
  { signal, onProgress, idleMs }: TransferHooks & Pick<SessionOptions, 'idleMs'>,
): Promise<void> {
  return atAdb(server, serial, { signal, idleMs }, async ({ client, device, touch }) => {
    await device.syncService();
    const { socket, parser } = client.newest;
    let isOver = false;
    const confirmed = heardFrom(parser).finally(() => {
      isOver = true;
    });
    try {
      // A phone that refuses says so while it is still being sent to.
      await Promise.race([send().then(() => confirmed), confirmed]);
    } catch (error) {
      // The connection often breaks before the phone's words are heard, and they count more.
      await Promise.race([confirmed, pause(settleMs)]);
      throw error;
    } finally {
      isOver = true;
    }

    async function send(): Promise<void> {
      await written(socket, command('SEND', `${target},${mode}`));
      const waiting: Promise<void>[] = [];
      let done = 0;
      for await (const { bytes, content } of dataFrames(source, batchesWaiting + 1)) {
        if (isOver) return;
        const taken = written(socket, bytes).then(() => {
          touch();
          done += content;
          onProgress?.(done);
        });
        // Of those that fail with it nobody may be waiting any more.
        taken.catch(() => undefined);
        waiting.push(taken);
        if (waiting.length > batchesWaiting) await waiting.shift();
      }
      await Promise.all(waiting);
      const end = Buffer.alloc(8, 'DONE');
      end.writeUInt32LE(Math.floor(Date.now() / 1000), 4);
      await written(socket, end);
    }
  });
}

function command(id: string, argument: string): Buffer {
  const bytes = Buffer.from(`${id}....${argument}`);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  return bytes;
}

/** Resolves once the adb server has taken it. */
function written(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** @throws Error with what the phone has against it. */
async function heardFrom(parser: Parser): Promise<void> {
  const reply = await parser.readAscii(4);
  const length = (await parser.readBytes(4)).readUInt32LE(0);
  if (reply === 'OKAY') return;
  const said = reply === 'FAIL' ? String(await parser.readBytes(length)) : `answered ${reply}`;
  throw new Error(said);
}
