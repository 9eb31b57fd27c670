import { setImmediate } from 'node:timers/promises';
import { AppError, throwIfCancelled } from '../../shared/api/errors';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import { createInputEncoder } from '../engine/runtime/encode-input';
import type { LoadedModel, TensorData } from '../engine/runtime/runtime';
import { readModelInput } from './model-input';
import { readModelFile } from './read-model-file';
import type { TaskImplementation } from './task-context';
import type { TaskInput } from './tasks';

interface Contender {
  model: LoadedModel;
  /** One input a photo, encoded beforehand: preprocessing is not part of what is timed. */
  inputs: TensorData[];
  timesMs: number[];
}

/** When there is no time for all rounds, these are made all the same. */
const fewest = { warmupRuns: 2, runs: 10 } as const;
/** Of the time there is, before the rounds that count. */
const warmupShare = 0.25;

/**
 * Times single inferences. The models take turns, with one number of threads and the other, and each round
 * another one begins, so that a busy moment or a cache left warm by the model before favors none of them.
 */
export const measureLatency: TaskImplementation<'measure-latency'> = async (input, context) => {
  const { models, photos, warmupRuns, runs, alsoThreads, mostMs = Infinity } = input;
  if (photos.length === 0) throw new AppError('bad-request', 'There is no photo to time with.');
  const runtime = await context.runtime();
  const threaded = alsoThreads === undefined ? undefined : await runtime.withThreads?.(alsoThreads);
  const contenders: Contender[] = [];
  try {
    const files: Uint8Array[] = [];
    for (const { file } of models) {
      throwIfCancelled(context.signal);
      files.push(await readModelFile(file));
    }
    for (const each of threaded ? [runtime, threaded] : [runtime]) {
      // The runtime's own code is compiled at its first loads; the first model must not pay for that.
      for (const file of files) (await each.load(file)).dispose();
      for (const [index, { preprocessing }] of models.entries()) {
        const file = files[index];
        if (!file) continue;
        const inputs = await encodeAll(input, preprocessing, context.cache, context.signal);
        contenders.push({ model: await each.load(file), inputs, timesMs: [] });
      }
    }
    const total = warmupRuns + runs;
    const started = performance.now();
    const isLate = (share: number) => performance.now() - started >= share * mostMs;
    let [warmedUp, counted] = [0, 0];
    const makeRound = async (isCounted: boolean) => {
      const round = warmedUp + counted;
      for (let turn = 0; turn < contenders.length; turn += 1) {
        const contender = contenders[(round + turn) % contenders.length];
        if (!contender) continue;
        const milliseconds = await timeOne(contender, round);
        if (isCounted) contender.timesMs.push(milliseconds);
      }
      context.report({ done: round + 1, total });
      // Inference keeps the thread busy; a cancel message gets in only between two turns of the loop.
      await setImmediate();
      throwIfCancelled(context.signal);
    };
    while (warmedUp < warmupRuns && !(warmedUp >= fewest.warmupRuns && isLate(warmupShare))) {
      await makeRound(false);
      warmedUp += 1;
    }
    while (counted < runs && !(counted >= fewest.runs && isLate(1))) {
      await makeRound(true);
      counted += 1;
    }
    return {
      models: contenders.slice(0, models.length).map(({ model, timesMs }, index) => ({
        loadMs: model.loadMs,
        timesMs,
        threadedTimesMs: contenders[models.length + index]?.timesMs,
      })),
      warmupRuns: warmedUp,
      threads: runtime.threads,
      runtime: runtime.name,
    };
  } finally {
    for (const { model } of contenders) model.dispose();
    await threaded?.dispose();
  }
};

async function encodeAll(
  { photos, cacheFile }: Pick<TaskInput<'measure-latency'>, 'photos' | 'cacheFile'>,
  preprocessing: Preprocessing,
  openCache: Parameters<TaskImplementation<'measure-latency'>>[1]['cache'],
  signal: AbortSignal,
): Promise<TensorData[]> {
  const encode = createInputEncoder(preprocessing);
  const cache = cacheFile === undefined ? undefined : openCache(cacheFile);
  const inputs: TensorData[] = [];
  for (const photo of photos) {
    throwIfCancelled(signal);
    inputs.push(encode(await readModelInput(photo, preprocessing, cache)));
  }
  return inputs;
}

async function timeOne({ model, inputs }: Contender, round: number): Promise<number> {
  const input = inputs[round % inputs.length];
  if (!input) throw new RangeError('A contender without inputs');
  await model.run([input]);
  return model.lastRunMs;
}
