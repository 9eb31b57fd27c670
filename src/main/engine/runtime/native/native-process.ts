// The process that holds LiteRT's native library: `native-process.js LIBRARY THREADS`, started by
// native-connection.ts. A wrong call takes it down, and nothing else.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { TensorData } from '../runtime';
import { readInputs } from './input-file';
import { openNativeLibrary } from './native-library';
import { endOfCall, type FromNative, type ToNative } from './native-messages';
import {
  createNativeEnvironment,
  type FillInputs,
  loadNativeModel,
  type NativeModel,
  StageError,
} from './native-model';
import { weighNativeModel } from './weigh-native-model';

const [, , libraryFile = '', threads = '1'] = process.argv;
/** Models, with the file that inputs of theirs come in. */
const models = new Map<number, { model: NativeModel; inputFile: number | undefined }>();
const standardError = 2;

function answer(id: number, work: () => FromNative): void {
  let reply: FromNative;
  try {
    reply = work();
  } catch (error) {
    const stage = error instanceof StageError ? error.stage : id === 0 ? 'open' : 'prepare';
    const reason = error instanceof Error ? error.message : String(error);
    reply = { type: 'failed', id, stage, reason };
  }
  writeSync(standardError, `${endOfCall(id)}\n`);
  process.send?.(reply);
}

function loaded(model: number) {
  const known = models.get(model);
  if (!known) throw new StageError('run', `Model ${model}`, -1);
  return known;
}

const copied =
  (inputs: readonly TensorData[]): FillInputs =>
  (memory) => {
    inputs.forEach(({ buffer, byteOffset, byteLength }, index) => {
      memory[index]?.set(new Uint8Array(buffer, byteOffset, byteLength));
    });
  };

/** Undefined where it can't be read: inputs come as messages then. */
function opened(path: string | undefined): number | undefined {
  try {
    return path === undefined ? undefined : openSync(path, 'r');
  } catch {
    return undefined;
  }
}

answer(0, () => {
  const library = openNativeLibrary(libraryFile);
  const environment = createNativeEnvironment(library);
  process.on('message', (message: ToNative) => {
    const { id } = message;
    answer(id, () => {
      switch (message.type) {
        case 'load': {
          const model = loadNativeModel(library, environment, message.file, Number(threads));
          const inputFile = opened(message.inputFile);
          models.set(message.model, { model, inputFile });
          return { type: 'loaded', id, ...model.loaded, readsFile: inputFile !== undefined };
        }
        case 'run':
          return { type: 'ran', id, ...loaded(message.model).model.run(copied(message.inputs)) };
        case 'run-from-file': {
          const { model, inputFile = -1 } = loaded(message.model);
          const ran = model.run((memory) => readInputs(inputFile, message.at, memory));
          return { type: 'ran', id, ...ran };
        }
        case 'dispose': {
          const known = models.get(message.model);
          known?.model.dispose();
          if (known?.inputFile !== undefined) closeSync(known.inputFile);
          models.delete(message.model);
          return { type: 'disposed', id };
        }
        case 'weigh': {
          const file = readFileSync(message.path);
          const load = () => loadNativeModel(library, environment, file, Number(threads));
          return { type: 'weighed', id, peakBytes: weighNativeModel(load) };
        }
      }
    });
  });
  return { type: 'ready', id: 0 };
});

// Whoever started this process is gone, with or without a good-bye.
process.on('disconnect', () => process.exit(0));
// Ctrl+C in a terminal goes to all its processes; the studio says when this one ends.
process.on('SIGINT', () => undefined);
