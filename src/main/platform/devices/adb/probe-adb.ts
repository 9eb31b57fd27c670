import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { systemCode } from '../../explain-disk-error';

/** `version` as adb tells it ("29.0.6-debian"), or what is wrong, to follow "The adb at … ". */
export type Probe = { version: string } | { problem: string };

const probeLimitMs = 10_000;

/** Files that answered, by path and time of change, so that none is run twice. */
const answered = new Map<string, string>();

/** Runs `adb version` once a file: whether this is an adb, and which. Never throws. */
export async function probeAdb(path: string): Promise<Probe> {
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const key = `${path} ${changed}`;
  const known = changed === undefined ? undefined : answered.get(key);
  if (known !== undefined) return { version: known };
  const probe = await run(path);
  if ('version' in probe && changed !== undefined) answered.set(key, probe.version);
  return probe;
}

function run(path: string): Promise<Probe> {
  return new Promise((resolve) => {
    try {
      execFile(path, ['version'], { timeout: probeLimitMs }, (error, stdout) => {
        resolve(error ? { problem: whyNot(error) } : readVersion(stdout));
      });
    } catch (error) {
      // A path with a NUL, or a .cmd file on Windows.
      resolve({ problem: whyNot(error) });
    }
  });
}

/** Its answer begins "Android Debug Bridge version 1.0.41\nVersion 29.0.6-debian". */
function readVersion(stdout: string): Probe {
  const [, protocol, build] =
    /^Android Debug Bridge version (\S+)(?:\r?\nVersion (\S+))?/.exec(stdout) ?? [];
  const version = build ?? protocol;
  return version === undefined ? { problem: 'is another program than adb' } : { version };
}

function whyNot(error: unknown): string {
  switch (systemCode(error)) {
    case 'ENOENT':
      return 'is not there';
    case 'EACCES':
      return 'is not a program that may be run';
    default:
  }
  const { killed, code } = error as { killed?: boolean; code?: unknown };
  if (killed) return `did not answer in ${probeLimitMs / 1000} seconds`;
  return typeof code === 'number' ? `ended with ${code}` : 'can’t be run';
}
