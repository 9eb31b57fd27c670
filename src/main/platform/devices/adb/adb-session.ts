import type { DeviceClient } from '@devicefarmer/adbkit';
import { cancelled, stalled } from '../device-errors';
import { explainAdbError } from './adb-errors';
import type { AdbServer } from './adb-server';
import { CuttableClient } from './cuttable-client';

export interface SessionOptions {
  signal?: AbortSignal;
  /** Without a sign of life for so long the phone counts as stalled: adbkit itself waits forever. */
  idleMs: number;
}

export interface Session {
  client: CuttableClient;
  device: DeviceClient;
  /** A sign of life. */
  touch(): void;
}

/**
 * One errand at the adb server. Its connections are gone when it ends, is cancelled or stalls,
 * whatever state adbkit is in.
 * @throws AppError only.
 */
export async function atAdb<Result>(
  server: AdbServer,
  serial: string,
  { signal, idleMs }: SessionOptions,
  errand: (session: Session) => PromiseLike<Result>,
): Promise<Result> {
  if (signal?.aborted) throw cancelled();
  const client = new CuttableClient(server);
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const ended = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled());
    signal?.addEventListener('abort', onAbort, { once: true });
    timer = setTimeout(() => reject(stalled(Math.round(idleMs / 1000))), idleMs);
  });
  const session: Session = {
    client,
    device: client.getDevice(serial),
    touch: () => timer?.refresh(),
  };
  try {
    return await Promise.race([Promise.resolve(errand(session)), ended]);
  } catch (error) {
    throw explainAdbError(error);
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
    client.cut();
  }
}
