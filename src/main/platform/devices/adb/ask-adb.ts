import { AppError } from '../../../../shared/api/errors';
import type { AdbServer } from './adb-server';
import { atAdb } from './adb-session';

/** @property text what the server said, whether it did it or not; empty when it never answered in time. */
export interface AdbAnswer {
  ok: boolean;
  text: string;
  /** Milliseconds that were waited for nothing. */
  silentMs?: number;
}

/**
 * Asks the adb server itself for something that adbkit has no words for. Not by running adb: what it is
 * asked could be read by all who list processes, and adb 36 says “protocol fault” to whatever a pairing
 * fails of, since it does not expect the second status.
 * @throws AppError when the server can't be reached, or ends without an answer.
 */
export async function askAdb(
  server: AdbServer,
  request: string,
  limitMs: number,
): Promise<AdbAnswer> {
  try {
    return await atAdb(server, '', { idleMs: limitMs }, async ({ client }) => {
      const { socket, parser } = await client.connection();
      const length = Buffer.byteLength(request).toString(16).padStart(4, '0');
      socket.write(`${length}${request}`);
      const value = async (digits: string) =>
        String(await parser.readBytes(Number.parseInt(digits, 16)));
      if ((await parser.readAscii(4)) !== 'OKAY') {
        return { ok: false, text: await value(await parser.readAscii(4)) };
      }
      // Services that take time say OKAY first, and then how it went: by length, or by FAIL and length.
      const next = await parser.readAscii(4);
      return next === 'FAIL'
        ? { ok: false, text: await value(await parser.readAscii(4)) }
        : { ok: true, text: await value(next) };
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'device-stalled') return { ok: false, text: '', silentMs: limitMs };
    if (error.code !== 'device-gone') throw error;
    throw new AppError(
      'tool-missing',
      'The adb server ended before it answered.',
      'Try again: it is started anew. If it happens twice, install a newer adb.',
      { cause: error },
    );
  }
}
