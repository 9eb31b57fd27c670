import { rm } from 'node:fs/promises';
import { throwIfCancelled } from '../../shared/api/errors';
import { loadTensorEngine } from '../engine/training/tensor-engine';
import { type TrainedHead, trainHead } from '../engine/training/train-head';
import { checkClassifier, spreadOver } from './check-classifier';
import type { TaskContext, TaskImplementation } from './task-context';
import type { TaskInput } from './tasks';
import { collectFeatures, type SplitFeatures } from './training-features';
import { writeClassifier } from './write-classifier';

type Context = TaskContext<'train-classifier'>;
type Input = TaskInput<'train-classifier'>;

/** Photos on which the written file is held against the trainer: about a second's work. */
const checkedPhotos = 32;

export const trainClassifier: TaskImplementation<'train-classifier'> = async (input, context) => {
  const started = performance.now();
  const train = await collectFeatures('train', input, context);
  const validation = await collectFeatures('validation', input, context);
  const engine = await loadTensorEngine();
  const trained = await trainHead(
    engine,
    {
      featureWidth: input.backbone.featureWidth,
      classes: input.labels.length,
      train,
      mirrored: train.mirrored,
      validation,
      settings: input.settings,
    },
    {
      signal: context.signal,
      shouldStop: () => Atomics.load(new Int32Array(input.stopFlag), 0) === 1,
      onEpoch: (record, bestEpoch) =>
        context.report({ step: 'epoch', record, bestEpoch, engine: engine.name }),
    },
  );
  try {
    const file = await writeAndCheck(trained, [train, validation], input, context);
    const { epochs, best, stopped } = trained;
    return {
      engine: engine.name,
      epochs,
      bestEpoch: best.epoch,
      stopped,
      accuracy: { train: best.trainAccuracy, validation: best.validationAccuracy },
      ...file,
      seconds: (performance.now() - started) / 1000,
    };
  } catch (error) {
    await rm(input.outputFile, { force: true });
    throw error;
  } finally {
    trained.dispose();
  }
};

async function writeAndCheck(
  { head, probabilities }: TrainedHead,
  splits: readonly SplitFeatures[],
  input: Input,
  { report, runtime, cache, signal }: Context,
) {
  throwIfCancelled(signal);
  report({ step: 'writing' });
  const { bytes, sha256, preprocessing, changes } = await writeClassifier(head, input);
  const { featureWidth } = input.backbone;
  const rows = splits.flatMap(({ photos, features }) =>
    photos.map((photo, row) => ({
      photo,
      features: features.subarray(row * featureWidth, (row + 1) * featureWidth),
    })),
  );
  const chosen = spreadOver(rows, checkedPhotos);
  const checked = new Float32Array(chosen.length * featureWidth);
  chosen.forEach(({ features }, row) => checked.set(features, row * featureWidth));
  const total = chosen.length;
  const litert = await runtime();
  const check = await checkClassifier({
    runtime: litert,
    file: bytes,
    preprocessing,
    photos: chosen.map(({ photo }) => photo),
    expected: probabilities(checked),
    cache: cache(input.cacheFile),
    signal,
    onProgress: (done) => report({ step: 'checking', done, total }),
  });
  return { bytes: bytes.length, sha256, preprocessing, changes, check, runtime: litert.name };
}
