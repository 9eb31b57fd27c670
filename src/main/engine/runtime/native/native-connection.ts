import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { AppError } from '../../../../shared/api/errors';
import { endOfCall, type FromNative, type ToNative } from './native-messages';

export interface NativeProcessOptions {
  /** The built `native-process.ts`, or a test's own. */
  processFile: string;
  libraryFile: string;
  /** Threads one inference uses, at least 1. */
  threads: number;
}

/** An answer with the lines that LiteRT logged as errors meanwhile, without their "ERROR:". */
export interface NativeAnswer {
  reply: FromNative;
  errorLines: string[];
}

/** A message of `ToNative` before it has its number. */
export type NativeRequest = ToNative extends infer Message
  ? Message extends ToNative
    ? Omit<Message, 'id'>
    : never
  : never;

/** One life of the process. */
export interface NativeConnection {
  readonly ended: boolean;
  /** @throws AppError 'runtime-failed' when the process ends before it has answered. */
  ask(request: NativeRequest): Promise<NativeAnswer>;
  end(): void;
}

interface Waiting {
  reply?: FromNative;
  errorLines?: string[];
  resolve(answer: NativeAnswer): void;
  reject(error: AppError): void;
}

/** Starts the process and waits until it has opened the library. */
export async function connectNative(
  options: NativeProcessOptions,
): Promise<{ connection: NativeConnection; opened: NativeAnswer }> {
  const { processFile, libraryFile, threads } = options;
  const child = fork(processFile, [libraryFile, String(threads)], {
    // Typed arrays as bytes, not as texts of numbers.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Electron's program is Node only when told so.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const waiting = new Map<number, Waiting>();
  let errorLines: string[] = [];
  let lastLine = '';
  let nextId = 0;
  let ended = false;
  let wanted = false;

  const settle = (id: number, part: Pick<Waiting, 'reply' | 'errorLines'>) => {
    const call = waiting.get(id);
    if (!call) return;
    Object.assign(call, part);
    if (!call.reply || !call.errorLines) return;
    waiting.delete(id);
    call.resolve({ reply: call.reply, errorLines: call.errorLines });
  };

  child.on('message', (reply: FromNative) => settle(reply.id, { reply }));
  // Calls are answered one after another: the next mark belongs to the oldest call without one.
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      const marked = [...waiting].find(([id]) => line === endOfCall(id));
      if (marked) {
        settle(marked[0], { errorLines });
        errorLines = [];
      } else if (line.startsWith('ERROR:')) {
        errorLines.push(line.slice('ERROR:'.length).trim());
      } else if (line.trim() !== '') {
        lastLine = line.trim();
      }
    });
  }
  const onEnd = (how: string) => {
    ended = true;
    const said = errorLines[0] ?? lastLine;
    for (const { reject } of waiting.values()) reject(wanted ? closed() : crashed(how, said));
    waiting.clear();
  };
  child.on('error', (error) => onEnd(error.message));
  child.on('exit', () => (ended = true));
  // After standard error has been read to its end, unlike 'exit'.
  child.on('close', (code, signal) => onEnd(signal ?? `code ${code}`));

  const expect = () => {
    const id = nextId++;
    const promise = new Promise<NativeAnswer>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
    });
    return { id, promise };
  };

  const connection: NativeConnection = {
    get ended() {
      return ended;
    },
    ask(request) {
      if (ended) return Promise.reject(wanted ? closed() : crashed('an earlier call', ''));
      const { id, promise } = expect();
      // A failure to send is told by 'close'.
      child.send({ ...request, id } satisfies ToNative, () => undefined);
      return promise;
    },
    end() {
      wanted = true;
      child.kill('SIGKILL');
    },
  };
  const opened = await expect().promise;
  return { connection, opened };
}

const closed = () => new AppError('runtime-failed', 'LiteRT was closed during this call.');

function crashed(how: string, said: string): AppError {
  return new AppError(
    'runtime-failed',
    `LiteRT’s process ended unexpectedly (${how})${said === '' ? '' : `: ${said}`}.`,
    'Try again; LiteRT starts anew. If it happens again, start the studio with POCKETLENS_RUNTIME=wasm.',
  );
}
