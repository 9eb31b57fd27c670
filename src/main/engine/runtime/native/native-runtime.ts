import { AppError } from '../../../../shared/api/errors';
import { type CallFailure, failed, notPrepared, runFailed, unreadable } from '../call-failure';
import type { LoadedModel, Runtime, TensorData } from '../runtime';
import { arrayTypeOf, checkInputs } from '../tensor-arrays';
import { createInputFile, type InputFile } from './input-file';
import {
  connectNative,
  type NativeAnswer,
  type NativeConnection,
  type NativeProcessOptions,
} from './native-connection';
import { nativeVersion } from './native-folder';
import type { FailedStage, FromNative } from './native-messages';

const failures: Record<FailedStage, CallFailure> = {
  read: unreadable,
  prepare: notPrepared,
  run: runFailed,
  open: {
    code: 'runtime-failed',
    message: 'LiteRT’s native library cannot be opened',
    remedy:
      'Run npm run litert-native:install again, or start the studio with POCKETLENS_RUNTIME=wasm.',
  },
};

/**
 * LiteRT's native library in a process of its own, which may crash: the call that was running
 * fails, and the next one starts the process anew and loads its model again.
 * @throws AppError 'runtime-failed' when the library can't be opened.
 */
export async function createNativeRuntime(options: NativeProcessOptions): Promise<Runtime> {
  let disposed = false;
  let nextModel = 1;
  let connecting = connect(options);
  await connecting;

  /** The living process, or a new one. */
  async function alive(): Promise<NativeConnection> {
    if (disposed) throw new AppError('runtime-failed', 'LiteRT was closed before this model.');
    const known = connecting;
    // One that could not be started is tried again, too.
    const connection = await known.catch(() => undefined);
    // Of several calls that wait here one starts the process anew.
    if (connecting === known && (!connection || connection.ended)) connecting = connect(options);
    return connecting;
  }

  async function load(file: Uint8Array): Promise<LoadedModel> {
    const model = nextModel++;
    let home = await alive();
    let inputFile: InputFile | undefined;
    const closeInputFile = () => {
      inputFile?.close();
      inputFile = undefined;
    };
    const ask = async () => {
      closeInputFile();
      const made = (inputFile = createInputFile());
      try {
        const answer = await home.ask({ type: 'load', model, file, inputFile: made?.path });
        const loaded = expectReply(answer, 'loaded', notPrepared);
        if (!loaded.readsFile) closeInputFile();
        return loaded;
      } catch (error) {
        closeInputFile();
        throw error;
      } finally {
        made?.unlink();
      }
    };
    const { inputs, outputs, loadMs } = await ask();
    let hasRun = false;
    let closed = false;
    let lastRunMs = 0;
    /** What lies in the file stays there until the answer is here. */
    const send = async (values: readonly TensorData[]): Promise<NativeAnswer> => {
      const place = inputFile?.put(values);
      try {
        return await home.ask(
          place
            ? { type: 'run-from-file', model, at: place.at }
            : { type: 'run', model, inputs: values },
        );
      } finally {
        place?.free();
      }
    };
    const release = () => {
      closeInputFile();
      if (!home.ended) home.ask({ type: 'dispose', model }).catch(() => undefined);
    };
    try {
      for (const tensor of [...inputs, ...outputs]) arrayTypeOf(tensor);
    } catch (error) {
      release();
      throw error;
    }
    return {
      inputs,
      outputs,
      loadMs,
      get lastRunMs() {
        return lastRunMs;
      },
      async run(values: readonly TensorData[]) {
        if (closed) throw new AppError('runtime-failed', 'The model was closed before this run.');
        checkInputs(values, inputs);
        const connection = await alive();
        if (connection !== home) {
          home = connection;
          await ask();
        }
        const answer = await send(values);
        // LiteRT prepares some operators only when they run for the first time.
        const ran = expectReply(answer, 'ran', hasRun ? runFailed : notPrepared);
        hasRun = true;
        lastRunMs = ran.runMs;
        return ran.outputs;
      },
      dispose() {
        if (closed) return;
        closed = true;
        release();
      },
    };
  }

  return {
    name: `LiteRT ${nativeVersion} native (${process.platform} ${process.arch})`,
    threads: options.threads,
    apart: true,
    load,
    withThreads: (threads) => createNativeRuntime({ ...options, threads }),
    weigh: async (path) => ({ peakBytes: await weighApart(path, options), of: 'process' }),
    async dispose() {
      disposed = true;
      (await connecting.catch(() => undefined))?.end();
    },
  };
}

/** In a process that held no model before. */
async function weighApart(path: string, options: NativeProcessOptions): Promise<number> {
  const connection = await connect(options);
  try {
    return expectReply(await connection.ask({ type: 'weigh', path }), 'weighed', notPrepared)
      .peakBytes;
  } finally {
    connection.end();
  }
}

async function connect(options: NativeProcessOptions): Promise<NativeConnection> {
  const { connection, opened } = await connectNative(options);
  try {
    expectReply(opened, 'ready', failures.open);
  } catch (error) {
    connection.end();
    throw error;
  }
  return connection;
}

/**
 * The reply when it is of this type and LiteRT logged no error: it reports some failures by a log
 * line alone.
 */
function expectReply<Type extends FromNative['type']>(
  { reply, errorLines }: NativeAnswer,
  type: Type,
  onErrorLine: CallFailure,
): Extract<FromNative, { type: Type }> {
  if (reply.type === 'failed') {
    const failure = reply.stage === 'run' ? onErrorLine : failures[reply.stage];
    throw failed(failure, [...errorLines, reply.reason]);
  }
  if (errorLines.length > 0) throw failed(onErrorLine, errorLines);
  if (reply.type !== type) throw new TypeError(`LiteRT's process answers ${reply.type}`);
  return reply as Extract<FromNative, { type: Type }>;
}
