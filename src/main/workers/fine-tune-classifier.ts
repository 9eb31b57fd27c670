import { readFile, rm } from 'node:fs/promises';
import { AppError } from '../../shared/api/errors';
import { backbonePreprocessing } from '../../shared/domain/backbone';
import { cleanGraph } from '../engine/graph/clean-graph';
import { readTflite } from '../engine/graph/read-tflite';
import { writeTflite } from '../engine/graph/write-tflite';
import { type CutClassifier, cutAtBlocks } from '../engine/training/fine-tune/cut-at-blocks';
import { decodeSnapshot, encodeSnapshot } from '../engine/training/fine-tune/snapshot-file';
import {
  type TuningPhotos,
  type TuningSnapshot,
  tuneNetwork,
} from '../engine/training/fine-tune/tune-network';
import type { TunedNetwork } from '../engine/training/fine-tune/tuned-network';
import type { HeadShape } from '../engine/training/head-network';
import { saveFile } from '../platform/save-file';
import { readBackbone } from './load-backbone';
import type { TaskContext, TaskImplementation } from './task-context';
import type { TaskInput } from './tasks';
import { trainOnFeatures } from './train-on-features';
import { createTuningInputs } from './tuning-inputs';
import { writeCheckedClassifier } from './write-checked-classifier';

type Context = TaskContext<'fine-tune-classifier'>;
type Input = TaskInput<'fine-tune-classifier'>;

export const fineTuneClassifier: TaskImplementation<'fine-tune-classifier'> = async (
  input,
  context,
) => {
  const started = performance.now();
  const { settings, labels } = input;
  const { fineTuning } = settings;
  if (!fineTuning) throw new TypeError('Fine-tuning needs its settings');
  // Before the head is trained: without TensorFlow nothing else is worth beginning.
  const tuner = await context.tuner();
  const end = () => tuner.end();
  context.signal.addEventListener('abort', end);
  try {
    const shape = {
      ...settings,
      featureWidth: input.backbone.featureWidth,
      classes: labels.length,
    };
    const backbone = readTflite(await readBackbone(input.backbone, input.backboneFile));
    const cut = cutAtBlocks(cleanGraph(backbone).graph, fineTuning.blocks, shape);
    const network = await tuner.build(cut.tail);
    const trained = await tune(network, cut, shape, input, context);
    return { ...trained, engine: network.engine, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    await rm(input.outputFile, { force: true });
    // A process that was ended in the middle of a step says so in words of its own.
    if (context.signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    throw error;
  } finally {
    context.signal.removeEventListener('abort', end);
    tuner.end();
  }
};

async function tune(
  network: TunedNetwork,
  cut: CutClassifier,
  shape: HeadShape,
  input: Input,
  context: Context,
) {
  const { settings, photos, checkpointFile, belongsTo } = input;
  const start =
    (await goOn(network.engine, input, context)) ?? (await startFromHead(cut, input, context));
  const runtime = await context.runtime();
  const stem = await runtime.load(writeTflite(cut.stem));
  try {
    const inputs = createTuningInputs({
      stem,
      cache: context.cache(input.cacheFile),
      preprocessing: { ...backbonePreprocessing(input.backbone, input.labels), ...input.recipe },
      augmentation: fineTuningOf(input).augmentation,
      seed: settings.seed,
    });
    const train = photos.filter(({ split }) => split === 'train');
    const validation = photos.filter(({ split }) => split === 'validation');
    const { snapshot, stopped } = await tuneNetwork(
      {
        network,
        train: inputs.train(train),
        validation: inputs.validation(validation),
        classes: shape.classes,
        droppedWidth: shape.hiddenUnits || shape.featureWidth,
        settings: { ...settings, ...fineTuningOf(input) },
      },
      start,
      {
        signal: context.signal,
        shouldStop: () => Atomics.load(new Int32Array(input.stopFlag), 0) === 1,
        onStep: (done, total) => context.report({ step: 'tuning', done, total }),
        onEpoch: (record, bestEpoch) =>
          context.report({
            step: 'epoch',
            tuning: true,
            record,
            bestEpoch,
            epochs: epochsOf(input, start.headEpochs),
            engine: network.engine,
          }),
        save: (now) => saveFile(checkpointFile, encodeSnapshot(now, belongsTo)),
      },
    );
    const { epochs, bestEpoch, headEpochs, resumed, best } = snapshot;
    const kept = epochs[bestEpoch - 1];
    const file = await writeCheckedClassifier(
      {
        graph: cut.joined(best),
        made: `its last ${fineTuningOf(input).blocks} blocks and a head trained`,
        photos: [...train, ...validation],
        answers: (asked) => probabilitiesOf(network, inputs.plain(asked), shape.classes),
      },
      input,
      context,
    );
    const weights = best.reduce((sum, { length }) => sum + length, 0);
    return {
      epochs,
      bestEpoch,
      stopped,
      accuracy: { train: kept?.trainAccuracy ?? 0, validation: kept?.validationAccuracy ?? 0 },
      ...file,
      fineTuning: { headEpochs, weights, resumed },
    };
  } finally {
    stem.dispose();
  }
}

function fineTuningOf({ settings }: Input) {
  if (!settings.fineTuning) throw new TypeError('Fine-tuning needs its settings');
  return settings.fineTuning;
}

/** How many epochs there will be at most. */
const epochsOf = (input: Input, headEpochs: number) => headEpochs + fineTuningOf(input).epochs;

/** Where this training was when it ended early, if it did; says so. */
async function goOn(
  engine: string,
  input: Input,
  { report }: Context,
): Promise<TuningSnapshot | undefined> {
  const file = await readFile(input.checkpointFile).catch(() => undefined);
  const snapshot = file && decodeSnapshot(file, input.belongsTo);
  if (!snapshot) return undefined;
  const { epochs, headEpochs, bestEpoch } = snapshot;
  report({ step: 'resumed', epoch: epochs.length - headEpochs });
  for (const record of epochs) {
    const best = Math.min(bestEpoch, record.epoch);
    const of = epochsOf(input, headEpochs);
    report({ step: 'epoch', tuning: true, record, bestEpoch: best, epochs: of, engine });
  }
  return { ...snapshot, resumed: snapshot.resumed + 1 };
}

/** A trained head on the blocks as they were pretrained: random weights would undo those first. */
async function startFromHead(
  cut: CutClassifier,
  input: Input,
  context: Context,
): Promise<TuningSnapshot> {
  const { trained } = await trainOnFeatures(input, context, epochsOf(input, input.settings.epochs));
  trained.dispose();
  const weights = cut.withHead(trained.head);
  const zeros = () => weights.map(({ length }) => new Float32Array(length));
  return {
    headEpochs: trained.epochs.length,
    resumed: 0,
    epochs: trained.epochs,
    bestEpoch: trained.best.epoch,
    best: weights,
    state: { weights, adam: { steps: 0, first: zeros(), second: zeros() } },
  };
}

/** What the trained network answers to a few photos: row-major [photos, classes]. */
async function probabilitiesOf(
  network: TunedNetwork,
  { labels, plain }: TuningPhotos,
  classes: number,
): Promise<Float32Array> {
  const answers = new Float32Array(labels.length * classes);
  for (const row of labels.keys()) {
    const logits = await network.logits(await plain(row), 1);
    const highest = Math.max(...logits);
    const powers = logits.map((logit) => Math.exp(logit - highest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    answers.set(
      powers.map((power) => power / total),
      row * classes,
    );
  }
  return answers;
}
