import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { AppError } from '../../../../shared/api/errors';
import { fileExists } from '../../file-exists';
import { adbInstallHint, type AdbSurroundings, findAdb, type FoundAdb } from './find-adb';
import { probeAdb } from './probe-adb';

export interface AdbServer {
  host: string;
  port: number;
  /** The adb program there is now; that there is none matters only when no server runs. */
  program(): Promise<FoundAdb>;
  /**
   * Sees to it that a server runs. One that runs is left alone, whoever started it.
   * @throws AppError 'tool-missing' when there is none and none can be started, when `ADB` names a
   *   program that does not work, or `ANDROID_ADB_SERVER_PORT` no port.
   */
  ensure(): Promise<void>;
}

const startLimitMs = 20_000;

export function createAdbServer(
  surroundings: Omit<AdbSurroundings, 'exists' | 'probe'> & Partial<AdbSurroundings>,
): AdbServer {
  const { environment, platform } = surroundings;
  // A variable that is set to nothing is as good as unset, for adb too.
  const host = environment['ANDROID_ADB_SERVER_ADDRESS'] || '127.0.0.1';
  const namedPort = environment['ANDROID_ADB_SERVER_PORT'] || '5037';
  const port = Number(namedPort);
  const isPort = /^\d+$/.test(namedPort) && port >= 1 && port <= 65_535;
  const isLocal = /^(127\.|localhost$|::1$)/.test(host);
  const program = () => findAdb({ exists: fileExists, probe: probeAdb, ...surroundings });
  let starting: Promise<void> | undefined;

  async function start(path: string): Promise<void> {
    // Its server would keep pipes of ours open for good.
    const child = spawn(path, ['-P', String(port), 'start-server'], {
      stdio: 'ignore',
      // A server refuses to start where this one is set.
      env: { ...environment, ANDROID_ADB_SERVER_ADDRESS: undefined },
    });
    const timer = setTimeout(() => child.kill(), startLimitMs);
    try {
      const [code] = (await once(child, 'exit')) as [number | null];
      if (code === 0) return;
      throw new Error(`it ended with ${code ?? 'a signal'}`);
    } catch (error) {
      throw new AppError(
        'tool-missing',
        `The adb at ${path} does not work (${error instanceof Error ? error.message : 'unknown'}).`,
        adbInstallHint(platform),
        { cause: error },
      );
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    host,
    port,
    program,
    async ensure() {
      if (!isPort) {
        throw new AppError(
          'tool-missing',
          `ANDROID_ADB_SERVER_PORT is “${namedPort}”, which is no port.`,
          'Set it to the number of adb’s port, 1 to 65535, or unset it; then start the studio again.',
        );
      }
      const found = await program();
      if ('problem' in found && found.origin === 'environment') throw found.problem;
      if (await answers(host, port)) return;
      if (!isLocal) {
        throw new AppError(
          'tool-missing',
          `No adb server answers at ${host}:${port}.`,
          'Start it there, or unset ANDROID_ADB_SERVER_ADDRESS.',
        );
      }
      if ('problem' in found) throw found.problem;
      starting ??= start(found.path).finally(() => {
        starting = undefined;
      });
      await starting;
    },
  };
}

async function answers(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(3_000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
