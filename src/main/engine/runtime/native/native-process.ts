// The process that holds LiteRT's native library: `native-process.js LIBRARY THREADS`, started by
// native-connection.ts. A wrong call takes it down, and nothing else.
import { readFileSync, writeSync } from 'node:fs';
import { openNativeLibrary } from './native-library';
import { endOfCall, type FromNative, type ToNative } from './native-messages';
import {
  createNativeEnvironment,
  loadNativeModel,
  type NativeModel,
  StageError,
} from './native-model';
import { weighNativeModel } from './weigh-native-model';

const [, , libraryFile = '', threads = '1'] = process.argv;
const models = new Map<number, NativeModel>();
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

answer(0, () => {
  const library = openNativeLibrary(libraryFile);
  const environment = createNativeEnvironment(library);
  process.on('message', (message: ToNative) => {
    const { id } = message;
    answer(id, () => {
      switch (message.type) {
        case 'load': {
          const made = loadNativeModel(library, environment, message.file, Number(threads));
          models.set(message.model, made);
          return { type: 'loaded', id, ...made.loaded };
        }
        case 'run': {
          const known = models.get(message.model);
          if (!known) throw new StageError('run', `Model ${message.model}`, -1);
          return { type: 'ran', id, ...known.run(message.inputs) };
        }
        case 'dispose':
          models.get(message.model)?.dispose();
          models.delete(message.model);
          return { type: 'disposed', id };
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
