import { AppError, throwIfCancelled } from '../../shared/api/errors';
import { fineTuningSchema, noAugmentation } from '../../shared/domain/fine-tuning';
import type { AwareRecord, AwareTraining } from '../../shared/domain/model';
import type { Graph } from '../engine/graph/graph';
import { bytesOf } from '../engine/graph/tensor-data';
import { writeTflite } from '../engine/graph/write-tflite';
import { activationEncodings } from '../engine/quantization/activation-encodings';
import type { Calibration } from '../engine/quantization/calibrate';
import { quantizeInt8 } from '../engine/quantization/quantize-int8';
import { buildNetwork } from '../engine/training/fine-tune/build-network';
import { provideDenseGradients } from '../engine/training/fine-tune/dense-gradients';
import { splitGraph, trainableTensors } from '../engine/training/fine-tune/find-blocks';
import { startOfTrainedPart } from '../engine/training/fine-tune/trained-part';
import {
  measureEpoch,
  type TuningTask,
  tuneNetwork,
} from '../engine/training/fine-tune/tune-network';
import type { TunedNetwork } from '../engine/training/fine-tune/tuned-network';
import { loadTensorEngine } from '../engine/training/tensor-engine';
import type { TaskContext } from './task-context';
import type { LabeledPhoto, TaskInput } from './tasks';
import { createTuningInputs } from './tuning-inputs';

type Context = TaskContext<'quantize-model'>;

export interface TrainedForInt8 {
  /** The float graph with the weights that were learned. */
  graph: Graph;
  /** Those that biases are still corrected by: of layers that learned nothing. */
  means: Calibration['means'] | undefined;
  record: Omit<AwareRecord, 'photos' | 'accuracy'>;
}

/**
 * Trains the end of a classifier while it computes as its int8 form will, on what the int8 form of
 * all that comes before gives out: so it learns to make up for that, too. Ranges stay as calibrated.
 * @throws AppError 'not-ready' without photos or, for blocks, without TensorFlow; 'cancelled'.
 */
export async function trainForInt8(
  graph: Graph,
  { ranges, means }: Calibration,
  aware: AwareTraining,
  input: TaskInput<'quantize-model'>,
  context: Context,
): Promise<TrainedForInt8> {
  const { settings, preprocessing } = input;
  if (settings.keepFloat.length > 0) {
    throw new AppError(
      'bad-request',
      'Layers are kept in float or the model is trained for int8, not both.',
      'Leave one of them out.',
    );
  }
  const photos = { train: photosOf('train', input), validation: photosOf('validation', input) };
  const { mean, std } = preprocessing;
  const normalization = { mean, std };
  const corrected = settings.biasCorrection ? means : undefined;
  const { stem, tail } = splitGraph(graph, startOfTrainedPart(graph, aware.blocks));
  const rounded = quantizeInt8(stem, ranges, { normalization, io: 'float32', means: corrected });
  const encodings = activationEncodings(graph, ranges, normalization);
  const opened = await openNetwork(tail, encodings, aware, context);
  context.signal.addEventListener('abort', opened.end);
  const runtime = await context.runtime();
  const loaded = await runtime.load(writeTflite(rounded.graph));
  try {
    const { network } = opened;
    const inputs = createTuningInputs({
      stem: loaded,
      cache: context.cache(input.cacheFile),
      preprocessing: { ...preprocessing, ...rounded.normalization },
      seed: aware.seed,
    });
    const best = await learn(
      {
        network,
        train: inputs.train(photos.train),
        validation: inputs.plain(photos.validation),
        classes: preprocessing.labels.length,
        droppedWidth: 1,
        settings: {
          ...fineTuningSchema.parse({
            epochs: aware.epochs,
            learningRate: aware.learningRate,
            augmentation: noAugmentation,
          }),
          dropout: 0,
          labelSmoothing: 0,
          balanceClasses: true,
          seed: aware.seed,
        },
      },
      context,
    );
    const weights = best.weights.reduce((sum, { length }) => sum + length, 0);
    const record = { engine: network.engine, epochs: best.epochs, bestEpoch: best.epoch, weights };
    // The start was never corrected; rounding alone does it better when nothing was learned.
    if (best.epoch === 1) return { graph, means: corrected, record };
    return {
      graph: withWeights(graph, trainableTensors(tail), best.weights),
      means: corrected && withoutInputs(corrected, tail),
      record,
    };
  } catch (error) {
    throwIfCancelled(context.signal);
    throw error;
  } finally {
    context.signal.removeEventListener('abort', opened.end);
    loaded.dispose();
    opened.end();
  }
}

function photosOf(
  split: 'train' | 'validation',
  { learned = [] }: TaskInput<'quantize-model'>,
): LabeledPhoto[] {
  const photos = learned.filter((photo) => photo.split === split);
  if (photos.length > 0) return photos;
  throw new AppError(
    'not-ready',
    `There is no photo of the ${split} split to train for int8 with.`,
    'Relink the photos that are missing, or quantize without training for it.',
  );
}

/** Dense layers are trained anywhere, convolutions by TensorFlow alone. */
async function openNetwork(
  tail: Graph,
  encodings: ReturnType<typeof activationEncodings>,
  { blocks }: AwareTraining,
  context: Context,
): Promise<{ network: TunedNetwork; end(): void }> {
  if (blocks > 0) {
    const tuner = await context.tuner();
    try {
      return { network: await tuner.build(tail, encodings), end: () => tuner.end() };
    } catch (error) {
      tuner.end();
      throw error;
    }
  }
  const { tf, name } = await loadTensorEngine();
  provideDenseGradients(tf);
  const network = buildNetwork(tf, name, tail, encodings);
  let ended = false;
  const end = () => {
    if (!ended) network.dispose();
    ended = true;
  };
  return { network, end };
}

async function learn(task: TuningTask, { signal, report }: Context) {
  const state = await task.network.state();
  const start = await measureEpoch(task, 1, signal);
  const { snapshot } = await tuneNetwork(
    task,
    {
      headEpochs: 1,
      resumed: 0,
      epochs: [start],
      bestEpoch: 1,
      best: state.weights,
      state,
    },
    { signal, onStep: (done, total) => report({ step: 'learning', done, total }) },
  );
  const { epochs, bestEpoch, best } = snapshot;
  return { epochs: epochs.length, epoch: bestEpoch, weights: best };
}

function withWeights(
  graph: Graph,
  trained: readonly number[],
  weights: readonly Float32Array[],
): Graph {
  const tensors = [...graph.tensors];
  trained.forEach((index, at) => {
    const [tensor, values] = [tensors[index], weights[at]];
    if (tensor && values) tensors[index] = { ...tensor, data: bytesOf(values) };
  });
  return { ...graph, tensors };
}

/** What layers of the tail get: their biases have learned what correction would take from them. */
function withoutInputs(means: Calibration['means'], { operators }: Graph): Calibration['means'] {
  const inputs = new Set(operators.flatMap(({ inputs: own }) => own));
  return new Map([...means].filter(([tensor]) => !inputs.has(tensor)));
}
