import type { AdbServer } from './adb-server';
import { atAdb, type SessionOptions } from './adb-session';

export interface ShellResult {
  /** Both streams as adb mixes them, without the last line break. */
  output: string;
  code: number;
}

/** A word of a command line for the phone's shell, whatever is in it. */
export const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

const mark = 'pocketlens-rc=';

/** Runs a command line on a phone. The old shell protocol tells no exit code, so it is echoed. */
export function runShell(
  server: AdbServer,
  serial: string,
  command: string,
  options: SessionOptions,
): Promise<ShellResult> {
  return atAdb(server, serial, options, async ({ device, touch }) => {
    const stream = await device.shell(`{ ${command}\n}; echo ${mark}$?`);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) {
      touch();
      chunks.push(chunk as Buffer);
    }
    const text = Buffer.concat(chunks).toString('utf8').replaceAll('\r\n', '\n');
    const at = text.lastIndexOf(mark);
    if (at < 0) throw new Error('Connection closed before the command ended');
    return {
      output: text.slice(0, at).replace(/\n$/, ''),
      code: Number.parseInt(text.slice(at + mark.length), 10),
    };
  });
}
