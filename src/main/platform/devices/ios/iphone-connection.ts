import { fork } from 'node:child_process';
import { AppError } from '../../../../shared/api/errors';
import { stalled } from '../device-errors';
import { type LibraryCandidates } from './find-libraries';
import { explainIosFailure } from './ios-errors';
import type { FromIphoneProcess, IphoneCalls, ToIphoneProcess } from './iphone-calls';

export interface IphoneProcessOptions {
  /** The built `iphone-process.ts`, or a test's own. */
  processFile: string;
  candidates: LibraryCandidates;
  /** Whose way to install the library is told. */
  platform: NodeJS.Platform;
  /** `USBMUXD_SOCKET_ADDRESS` among others. */
  environment: Readonly<Record<string, string | undefined>>;
  /** How long one call may take before the process is ended and the phone counts as stalled. */
  idleMs: number;
  /** Called whenever a phone comes or goes. */
  onChange?(): void;
}

/** One life of the process. */
export interface IphoneConnection {
  readonly ended: boolean;
  /** The file that libimobiledevice came out of. */
  readonly file: string;
  /** @throws AppError by what failed; 'device-stalled' and 'device-gone' end the process. */
  ask<Name extends keyof IphoneCalls>(
    name: Name,
    ...values: Parameters<IphoneCalls[Name]>
  ): Promise<ReturnType<IphoneCalls[Name]>>;
  /** The call that runs now has only so long to end. */
  hurry(ms: number): void;
  end(): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: AppError): void;
  timer: NodeJS.Timeout;
}

/** Starts the process and waits until it has opened the library. */
export async function connectIphones(options: IphoneProcessOptions): Promise<IphoneConnection> {
  const { processFile, candidates, platform, environment, idleMs, onChange } = options;
  const child = fork(processFile, [JSON.stringify(candidates), onChange ? 'watch' : 'ask'], {
    // Typed arrays as bytes, not as texts of numbers.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Electron's program is Node only when told so.
    env: { ...environment, ELECTRON_RUN_AS_NODE: '1' },
  });
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let ended = false;
  let file = '';

  function end(error: AppError): void {
    ended = true;
    child.kill('SIGKILL');
    for (const call of waiting.values()) {
      clearTimeout(call.timer);
      call.reject(error);
    }
    waiting.clear();
  }

  const limit = (ms: number) => setTimeout(() => end(stalled(Math.ceil(ms / 1000))), ms);

  function expect(): { id: number; promise: Promise<unknown> } {
    const id = nextId++;
    const promise = new Promise<unknown>((resolve, reject) => {
      waiting.set(id, { resolve, reject, timer: limit(idleMs) });
    });
    return { id, promise };
  }

  function settle(id: number, how: (call: Waiting) => void): void {
    const call = waiting.get(id);
    if (!call) return;
    waiting.delete(id);
    clearTimeout(call.timer);
    how(call);
  }

  child.on('message', (message: FromIphoneProcess) => {
    switch (message.type) {
      case 'changed':
        return onChange?.();
      case 'ready':
        file = message.file;
        return settle(message.id, ({ resolve }) => resolve(undefined));
      case 'done':
        return settle(message.id, ({ resolve }) => resolve(message.value));
      case 'failed': {
        const error = explainIosFailure(message.failure, platform);
        settle(message.id, ({ reject }) => reject(error));
        // What hung on the connection to the phone is of no use any more.
        if (error.code === 'device-gone') end(error);
      }
    }
  });
  child.on('error', (error) => end(crashed(error.message)));
  child.on('exit', (code, signal) => {
    if (!ended) end(crashed(signal ?? `code ${code}`));
  });

  const connection: IphoneConnection = {
    get ended() {
      return ended;
    },
    get file() {
      return file;
    },
    ask<Name extends keyof IphoneCalls>(name: Name, ...values: Parameters<IphoneCalls[Name]>) {
      if (ended) return Promise.reject(crashed('ended before'));
      const { id, promise } = expect();
      child.send({ id, name, values } satisfies ToIphoneProcess);
      return promise as Promise<ReturnType<IphoneCalls[Name]>>;
    },
    hurry(ms) {
      for (const call of waiting.values()) {
        clearTimeout(call.timer);
        call.timer = limit(ms);
      }
    },
    end() {
      end(new AppError('cancelled', 'The connection to the iPhone was closed.'));
    },
  };
  try {
    await expect().promise;
  } catch (error) {
    connection.end();
    throw error;
  }
  return connection;
}

const crashed = (how: string) =>
  new AppError(
    'device-gone',
    `The connection to the iPhone broke (libimobiledevice’s process: ${how}).`,
    'Plug the iPhone in again and push again: it still has its old model.',
  );
