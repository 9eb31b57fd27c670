import { fork } from 'node:child_process';
import { AppError, fromShape } from '../../../../shared/api/errors';
import type { Graph } from '../../graph/graph';
import type { TunedNetwork } from '../fine-tune/tuned-network';
import type { Encodings, FromTuner, ToTuner } from './tuner-messages';

export interface TunerOptions {
  /** The built `tuner-process.ts`, or a test's own. */
  processFile: string;
  /** The folder of the package @tensorflow/tfjs-node. */
  packageFolder: string;
}

/** TensorFlow in a process of its own. */
export interface Tuner {
  /** "tfjs-node 4.22.0". */
  readonly engine: string;
  /** Makes the network of a graph there; the process ends with it. */
  build(graph: Graph, encodings?: Encodings): Promise<TunedNetwork>;
  end(): void;
}

type Request = ToTuner extends infer Message
  ? Message extends ToTuner
    ? Omit<Message, 'id'>
    : never
  : never;

/** What the process last wrote to standard error that may say why it ended. */
const keptCharacters = 2000;

/**
 * Starts the process and waits until it has loaded TensorFlow.
 * @throws AppError 'runtime-failed' when it can't.
 */
export async function connectTuner({ processFile, packageFolder }: TunerOptions): Promise<Tuner> {
  const child = fork(processFile, [packageFolder], {
    // Typed arrays as bytes, not as texts of numbers.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Electron's program is Node only when told so. TensorFlow tells of its progress otherwise.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  const waiting = new Map<
    number,
    { resolve(reply: FromTuner): void; reject(error: Error): void }
  >();
  let said = '';
  let nextId = 0;
  let ended: AppError | undefined;

  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-keptCharacters);
  });
  child.on('message', (reply: FromTuner) => {
    waiting.get(reply.id)?.resolve(reply);
    waiting.delete(reply.id);
  });
  const onEnd = (how: string) => {
    ended ??= crashed(how, said);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  child.on('error', (error) => onEnd(error.message));
  // After standard error has been read to its end, unlike 'exit'.
  child.on('close', (code, signal) => onEnd(signal ?? `code ${code}`));

  function expectReply(id: number): Promise<FromTuner> {
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  async function ask(request: Request): Promise<FromTuner> {
    if (ended) throw ended;
    const id = ++nextId;
    const reply = expectReply(id);
    // A failure to send is told by 'close'.
    child.send({ ...request, id } satisfies ToTuner, () => undefined);
    return orThrow(await reply);
  }

  function end(): void {
    ended ??= new AppError('runtime-failed', 'Fine-tuning was ended during this step.');
    child.kill('SIGKILL');
  }

  const first = await expectReply(0);
  if (first.type !== 'ready') {
    end();
    throw notLoaded(first.type === 'failed' ? first.reason : first.type);
  }
  const { engine } = first;
  return {
    engine,
    end,
    async build(graph, encodings) {
      await ask({ type: 'build', graph, encodings });
      return {
        engine,
        async step(batch, rate) {
          await ask({ type: 'step', batch, rate });
        },
        async logits(inputs, rows) {
          const reply = await ask({ type: 'logits', inputs, rows });
          if (reply.type !== 'logits') throw strange(reply);
          return reply.logits;
        },
        async state() {
          const reply = await ask({ type: 'state' });
          if (reply.type !== 'state') throw strange(reply);
          return reply.state;
        },
        async restore(state) {
          await ask({ type: 'restore', state });
        },
        async setWeights(weights) {
          await ask({ type: 'set-weights', weights });
        },
        dispose: end,
      };
    },
  };
}

const strange = ({ type }: FromTuner) => new TypeError(`The tuner answers ${type}`);

function orThrow(reply: FromTuner): FromTuner {
  if (reply.type !== 'failed') return reply;
  if (reply.code !== 'internal') {
    throw fromShape({ code: reply.code, message: reply.reason, remedy: reply.remedy });
  }
  throw new AppError(
    'runtime-failed',
    `TensorFlow could not compute this: ${reply.reason}`,
    'Fine-tune fewer blocks or use a smaller batch, and look at the log file.',
  );
}

function crashed(how: string, said: string): AppError {
  const last = said.trim().split('\n').at(-1) ?? '';
  return new AppError(
    'runtime-failed',
    `TensorFlow’s process ended unexpectedly (${how})${last === '' ? '' : `: ${last}`}.`,
    'Resume the job: it goes on from the last whole epoch. If it was memory, use a smaller batch or fewer blocks.',
  );
}

const notLoaded = (reason: string) =>
  new AppError(
    'runtime-failed',
    `TensorFlow.js can’t be loaded for fine-tuning: ${reason}.`,
    'Run npm run tfjs-node:build again.',
  );
