import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { DeviceClient } from '@devicefarmer/adbkit';
import { systemCode } from '../../explain-disk-error';
import type { PutSource, TransferHooks } from '../device-transport';
import type { AdbServer } from './adb-server';
import { atAdb, type SessionOptions } from './adb-session';

export const sizeOf = (source: PutSource) =>
  'path' in source ? source.bytes : source.content.length;

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
