import { throwIfCancelled } from '../../../../shared/api/errors';
import type { FineTuning } from '../../../../shared/domain/fine-tuning';
import type {
  EpochRecord,
  TrainingRecord,
  TrainingSettings,
} from '../../../../shared/domain/model';
import { createRandom, hashText } from '../../../../shared/domain/random';
import { balancedClassWeights, equalClassWeights } from '../class-weights';
import { epochRecord } from '../epoch-record';
import { calibratedLoss, measureLogits } from '../measure-logits';
import { dropoutMask, smoothedTargets } from '../training-batches';
import { scheduledShare } from './learning-rate';
import type { TunedNetwork, TuningBatch, TuningState } from './tuned-network';

/** Photos of a split, by what enters the trained part of the network. */
export interface TuningPhotos {
  /** Index of each photo's label. */
  labels: Int32Array;
  /** Of the photo at an index as it is. */
  plain(index: number): Promise<Float32Array>;
}

export interface TuningTask {
  network: TunedNetwork;
  /** `view`: as this epoch sees it; the same for the same epoch, whenever it is asked for. */
  train: TuningPhotos & { view(index: number, epoch: number): Promise<Float32Array> };
  /** `views`: of the same photos, changed in ways that stay; absent where nothing is changed. */
  validation: TuningPhotos & { views?: TuningPhotos };
  classes: number;
  /** Values that enter the output layer: what drops out. */
  droppedWidth: number;
  settings: FineTuning &
    Pick<TrainingSettings, 'dropout' | 'labelSmoothing' | 'balanceClasses' | 'seed'>;
}

/** How far a fine-tuning is, and all that it goes on from. */
export interface TuningSnapshot {
  /** Epochs that only the head was trained for, before; they come first in `epochs`. */
  headEpochs: number;
  /** How often it was gone on from a file. */
  resumed: number;
  epochs: EpochRecord[];
  /** The epoch with the lowest loss on the validation photos' views, where there are any, or on them. */
  bestEpoch: number;
  /** Its weights. */
  best: Float32Array[];
  state: TuningState;
}

export interface TuningHooks {
  onEpoch?(record: EpochRecord, bestEpoch: number): void;
  /** After each step, with those of all epochs. */
  onStep?(done: number, total: number): void;
  /** After each epoch: what a training goes on from that ends here. */
  save?(snapshot: TuningSnapshot): Promise<void>;
  shouldStop?(): boolean;
  signal: AbortSignal;
}

/** Photos whose answers are asked for together. */
const evaluationRows = 32;

/**
 * Trains the network from where `start` is, one epoch after the other, and leaves the weights of the
 * best epoch in it. That epoch may be one of the head's: then nothing is changed. All randomness
 * follows from seed and epoch, so that a training that was interrupted goes on as it would have.
 * @throws AppError 'cancelled', 'runtime-failed' when the loss is no longer a number.
 */
export async function tuneNetwork(
  task: TuningTask,
  start: TuningSnapshot,
  hooks: TuningHooks,
): Promise<{ snapshot: TuningSnapshot; stopped: TrainingRecord['stopped'] }> {
  const { network, settings } = task;
  await network.restore(start.state);
  let snapshot = await withJudgedHead(task, start, hooks.signal);
  let stopped: TrainingRecord['stopped'] = 'finished';
  for (;;) {
    const done = snapshot.epochs.length - snapshot.headEpochs;
    if (done >= settings.epochs) break;
    if (hasStalled(snapshot, settings.patience)) {
      stopped = 'early';
      break;
    }
    if (hooks.shouldStop?.()) {
      stopped = 'by-user';
      break;
    }
    await trainEpoch(task, done + 1, hooks);
    const record = await measureEpoch(task, snapshot.epochs.length + 1, hooks.signal);
    snapshot = await withEpoch(snapshot, record, network);
    await hooks.save?.(snapshot);
    hooks.onEpoch?.(record, snapshot.bestEpoch);
    throwIfCancelled(hooks.signal);
  }
  await network.setWeights(snapshot.best);
  return { snapshot, stopped };
}

function hasStalled({ epochs, headEpochs, bestEpoch }: TuningSnapshot, patience: number): boolean {
  return patience > 0 && epochs.length - Math.max(headEpochs, bestEpoch) >= patience;
}

/** What an epoch is judged by. */
const lossOf = (record: EpochRecord | undefined): number =>
  record?.viewLoss ?? record?.validationLoss ?? Number.POSITIVE_INFINITY;

/** The head's own epochs know nothing of views: the best of them is judged by what those after it are. */
async function withJudgedHead(
  task: TuningTask,
  snapshot: TuningSnapshot,
  signal: AbortSignal,
): Promise<TuningSnapshot> {
  if (snapshot.epochs.length > snapshot.headEpochs || !task.validation.views) return snapshot;
  const views = await measureViews(task, signal);
  return {
    ...snapshot,
    epochs: snapshot.epochs.map((record) =>
      record.epoch === snapshot.bestEpoch ? { ...record, ...views } : record,
    ),
  };
}

async function withEpoch(
  before: TuningSnapshot,
  record: EpochRecord,
  network: TunedNetwork,
): Promise<TuningSnapshot> {
  const state = await network.state();
  const isBetter = lossOf(record) < lossOf(before.epochs[before.bestEpoch - 1]);
  return {
    ...before,
    epochs: [...before.epochs, record],
    bestEpoch: isBetter ? record.epoch : before.bestEpoch,
    best: isBetter ? state.weights : before.best,
    state,
  };
}

/** @param epoch of the fine-tuning, from 1. */
async function trainEpoch(task: TuningTask, epoch: number, hooks: TuningHooks): Promise<void> {
  const { network, settings, train } = task;
  const stepsAnEpoch = Math.ceil(train.labels.length / settings.batchSize);
  const total = stepsAnEpoch * settings.epochs;
  const warmUp = Math.round(stepsAnEpoch * settings.warmUp);
  let step = (epoch - 1) * stepsAnEpoch;
  for await (const batch of epochBatches(task, epoch)) {
    throwIfCancelled(hooks.signal);
    await network.step(batch, settings.learningRate * scheduledShare(step, total, warmUp));
    step += 1;
    hooks.onStep?.(step, total);
  }
}

/** Each photo once, in an order of the epoch's own; each batch is made while the one before is used. */
async function* epochBatches(task: TuningTask, epoch: number): AsyncGenerator<TuningBatch> {
  const { train, classes, settings, droppedWidth } = task;
  const { labels } = train;
  const randomFor = (purpose: string) =>
    createRandom(hashText(`${settings.seed}/${purpose}/${epoch}`));
  const order = randomFor('order').shuffled(Array.from(labels, (_, index) => index));
  const dropped = randomFor('dropout');
  const classWeights = settings.balanceClasses
    ? balancedClassWeights(labels, classes)
    : equalClassWeights(classes);

  async function make(indices: readonly number[]): Promise<TuningBatch> {
    const size = indices.length;
    const own = Int32Array.from(indices, (index) => labels[index] ?? 0);
    const targets = smoothedTargets(own, classes, settings.labelSmoothing);
    const weights = Float32Array.from(own, (label) => classWeights[label] ?? 0);
    const { dropout } = settings;
    const keep = dropoutMask(size, { dropout, droppedWidth, dropped });
    const views: Float32Array[] = [];
    for (const index of indices) views.push(await train.view(index, epoch));
    return { rows: size, inputs: joined(views), targets, weights, keep };
  }

  const batches = Array.from({ length: Math.ceil(order.length / settings.batchSize) }, (_, at) =>
    order.slice(at * settings.batchSize, (at + 1) * settings.batchSize),
  );
  const begin = (at: number) => {
    const promise = make(batches[at] ?? []);
    // A failure is told when its turn comes.
    promise.catch(() => undefined);
    return promise;
  };
  let upcoming = begin(0);
  for (let at = 0; at < batches.length; at += 1) {
    const batch = await upcoming;
    if (at + 1 < batches.length) upcoming = begin(at + 1);
    yield batch;
  }
}

/** Loss and accuracy of photos as they are, with the weights as they are. */
async function measurePhotos(
  { network, classes }: TuningTask,
  { labels, plain }: TuningPhotos,
  signal: AbortSignal,
) {
  const logits = new Float32Array(labels.length * classes);
  for (let start = 0; start < labels.length; start += evaluationRows) {
    throwIfCancelled(signal);
    const rows = Math.min(evaluationRows, labels.length - start);
    const inputs: Float32Array[] = [];
    for (let row = 0; row < rows; row += 1) inputs.push(await plain(start + row));
    logits.set(await network.logits(joined(inputs), rows), start * classes);
  }
  return { ...measureLogits(logits, labels, classes), logits };
}

async function measureViews(
  task: TuningTask,
  signal: AbortSignal,
): Promise<Pick<EpochRecord, 'viewLoss' | 'viewAccuracy'>> {
  const { views } = task.validation;
  if (!views) return {};
  const { logits, accuracy } = await measurePhotos(task, views, signal);
  return { viewLoss: calibratedLoss(logits, views.labels, task.classes), viewAccuracy: accuracy };
}

/**
 * What the weights are worth as they are.
 * @param epoch of all, the head's included.
 */
export async function measureEpoch(
  task: TuningTask,
  epoch: number,
  signal: AbortSignal,
): Promise<EpochRecord> {
  const ofTrain = await measurePhotos(task, task.train, signal);
  const ofValidation = await measurePhotos(task, task.validation, signal);
  return {
    ...epochRecord('Fine-tuning', epoch, ofTrain, ofValidation),
    ...(await measureViews(task, signal)),
  };
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(rows.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const row of rows) {
    whole.set(row, at);
    at += row.length;
  }
  return whole;
}
