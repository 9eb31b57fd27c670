import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { EpochRecord, TrainingRecord, TrainingSettings } from '../../../shared/domain/model';
import { createRandom, hashText } from '../../../shared/domain/random';
import type { HeadWeights } from '../graph/join-head';
import { balancedClassWeights, equalClassWeights } from './class-weights';
import { epochRecord } from './epoch-record';
import { createHeadNetwork, type HeadNetwork } from './head-network';
import type { LabeledFeatures } from './labeled-features';
import { measureLogits } from './measure-logits';
import type { TensorEngine } from './tensor-engine';
import { epochBatches } from './training-batches';

export interface HeadTraining {
  featureWidth: number;
  classes: number;
  train: LabeledFeatures;
  /** Features of the mirrored training photos, in the same order, to be trained on too. */
  mirrored?: Float32Array;
  validation: LabeledFeatures;
  settings: Omit<TrainingSettings, 'backbone' | 'mirror'>;
}

export interface TrainingHooks {
  onEpoch?(record: EpochRecord, bestEpoch: number): void;
  /** Asked after each epoch; true ends the training with the best weights so far. */
  shouldStop?(): boolean;
  /** Looked at between epochs. */
  signal?: AbortSignal;
}

export interface TrainedHead {
  /** The weights of `best`. */
  head: HeadWeights;
  epochs: EpochRecord[];
  /** The epoch with the lowest validation loss; the first of equal ones. */
  best: EpochRecord;
  stopped: TrainingRecord['stopped'];
  /** What the kept weights answer: row-major [rows, classes] of row-major [rows, featureWidth]. */
  probabilities(features: Float32Array): Float32Array;
  /** Frees what the engine holds; `probabilities` can't be asked afterwards. */
  dispose(): void;
}

/**
 * Trains a head on features. The same seed, data and engine give the same weights to the bit.
 * @throws AppError 'not-ready' without training or validation photos, 'cancelled',
 * 'runtime-failed' when the loss is no longer a number.
 */
export async function trainHead(
  { tf }: TensorEngine,
  training: HeadTraining,
  hooks: TrainingHooks = {},
): Promise<TrainedHead> {
  refuseEmpty(training);
  throwIfCancelled(hooks.signal);
  const { seed, learningRate } = training.settings;
  const shape = { ...training, ...training.settings };
  const network = createHeadNetwork(tf, shape, randomFor(seed, 'initial weights'), learningRate);
  try {
    const course = await runEpochs(network, training, hooks);
    const { probabilities, dispose } = network;
    return { ...course, probabilities, dispose };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

async function runEpochs(network: HeadNetwork, training: HeadTraining, hooks: TrainingHooks) {
  const { settings } = training;
  const views = trainingViews(training);
  const batchOptions = batchOptionsOf(training);
  const epochs: EpochRecord[] = [];
  let best: { record: EpochRecord; head: HeadWeights } | undefined;
  let stopped: TrainingRecord['stopped'] = 'finished';

  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    for (const batch of epochBatches(views, batchOptions)) network.step(batch);
    const record = measureEpoch(network, training, epoch);
    epochs.push(record);
    if (!best || record.validationLoss < best.record.validationLoss) {
      best = { record, head: network.weights() };
    }
    hooks.onEpoch?.(record, best.record.epoch);
    // Lets a message that cancels arrive.
    await nextTurn();
    throwIfCancelled(hooks.signal);
    if (epoch === settings.epochs) break;
    if (hooks.shouldStop?.()) {
      stopped = 'by-user';
      break;
    }
    if (settings.patience > 0 && epoch - best.record.epoch >= settings.patience) {
      stopped = 'early';
      break;
    }
  }
  if (!best) throw new RangeError('A training has at least one epoch');
  network.restore(best.head);
  return { head: best.head, epochs, best: best.record, stopped };
}

function trainingViews({ train, mirrored }: HeadTraining): LabeledFeatures[] {
  return mirrored ? [train, { features: mirrored, labels: train.labels }] : [train];
}

function batchOptionsOf({ featureWidth, classes, train, settings }: HeadTraining) {
  return {
    width: featureWidth,
    classes,
    batchSize: settings.batchSize,
    dropout: settings.dropout,
    droppedWidth: settings.hiddenUnits > 0 ? settings.hiddenUnits : featureWidth,
    labelSmoothing: settings.labelSmoothing,
    classWeights: settings.balanceClasses
      ? balancedClassWeights(train.labels, classes)
      : equalClassWeights(classes),
    order: randomFor(settings.seed, 'order'),
    dropped: randomFor(settings.seed, 'dropout'),
  };
}

/** A stream of its own for each purpose: changing the dropout must not change the order. */
const randomFor = (seed: number, purpose: string) => createRandom(hashText(`${seed}/${purpose}`));

function measureEpoch(
  network: HeadNetwork,
  { train, validation, classes }: HeadTraining,
  epoch: number,
): EpochRecord {
  const ofTrain = measureLogits(network.logits(train.features), train.labels, classes);
  const ofValidation = measureLogits(
    network.logits(validation.features),
    validation.labels,
    classes,
  );
  return epochRecord('Training', epoch, ofTrain, ofValidation);
}

function refuseEmpty({ train, validation }: HeadTraining): void {
  for (const [name, { labels }] of Object.entries({ train, validation })) {
    if (labels.length > 0) continue;
    throw new AppError(
      'not-ready',
      `There is no readable photo in the ${name} split.`,
      'Label more photos, or split them anew with a larger share for it.',
    );
  }
}
