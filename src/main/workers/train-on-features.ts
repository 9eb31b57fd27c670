import { loadTensorEngine } from '../engine/training/tensor-engine';
import { trainHead } from '../engine/training/train-head';
import type { TaskContext } from './task-context';
import type { TaskInput } from './tasks';
import { collectFeatures, type FeatureContext } from './training-features';

/**
 * Trains a head on what the backbone sees of a task's photos, and reports each of at most `epochs`
 * epochs of the whole training.
 * @throws AppError 'photo-unreadable' when a photo's features can't be computed, and as trainHead.
 */
export async function trainOnFeatures(
  input: TaskInput<'train-classifier'>,
  context: FeatureContext & Pick<TaskContext<'train-classifier'>, 'report'>,
  epochs: number,
) {
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
        context.report({ step: 'epoch', record, bestEpoch, epochs, engine: engine.name }),
    },
  );
  return { trained, train, validation, engine };
}
