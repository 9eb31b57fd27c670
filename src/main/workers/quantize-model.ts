import { createHash } from 'node:crypto';
import { AppError, throwIfCancelled } from '../../shared/api/errors';
import { topAnswer } from '../../shared/domain/comparison-math';
import type { AwareRecord } from '../../shared/domain/model';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import { tidyGraph } from '../engine/graph/clean-graph';
import { toFloat16 } from '../engine/graph/convert-float16';
import type { Graph } from '../engine/graph/graph';
import type { PassResult } from '../engine/graph/passes/pass';
import { attachMetadata, readMetadata } from '../engine/graph/model-metadata';
import { readTflite } from '../engine/graph/read-tflite';
import { writeTflite } from '../engine/graph/write-tflite';
import { type Calibration, calibrate } from '../engine/quantization/calibrate';
import { checkQuantized, type QuantizationCheck } from '../engine/quantization/check-quantized';
import { equalizeChannels } from '../engine/quantization/equalize-channels';
import { createObserver } from '../engine/quantization/range-rules';
import { toDynamicRange, toInt8Weights } from '../engine/quantization/store-weights';
import { quantizeInt16 } from '../engine/quantization/quantize-int16';
import { quantizeInt8 } from '../engine/quantization/quantize-int8';
import type { QuantizedGraph } from '../engine/quantization/quantize-integer';
import { createClassifier } from '../engine/runtime/classifier';
import { createInputEncoder } from '../engine/runtime/encode-input';
import { withInnerRuntime } from './inner-runtime';
import { readModelInputs } from './model-inputs';
import { readModelFile } from './read-model-file';
import type { TaskContext, TaskImplementation } from './task-context';
import type { PhotoSource, TaskInput } from './tasks';
import { type TrainedForInt8, trainForInt8 } from './train-for-int8';
import { writeModelFile } from './write-model-file';

type Context = TaskContext<'quantize-model'>;
type Input = TaskInput<'quantize-model'>;

/**
 * The file is written last, when LiteRT has run it and found it to answer as its parent does: a
 * broken one never reaches the disk.
 */
export const quantizeModel: TaskImplementation<'quantize-model'> = async (input, context) => {
  const started = performance.now();
  throwIfCancelled(context.signal);
  const runtime = await context.runtime();
  const parent = await readModelFile(input.modelFile);
  const { graph, changes } = tidyGraph(readTflite(parent));
  const { trained, ...quantized } = await quantize(graph, input, context);

  context.report({ step: 'writing', done: 0, total: 1 });
  const preprocessing = contractOf(quantized, input);
  const file = describeFile(quantized.graph, parent, preprocessing, input);
  const aware = trained && {
    ...trained.record,
    ...(await judgeTraining(trained.plain, { file, preprocessing }, input, context)),
  };
  const check = await compareWithParent(parent, file, preprocessing, input, context);
  await writeModelFile(input.outputFile, file);
  return {
    changes: [...changes, ...quantized.changes],
    check,
    aware,
    seconds: (performance.now() - started) / 1000,
    bytes: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
    preprocessing,
    runtime: runtime.name,
  };
};

/** Precisions that store weights alone. */
const storages = {
  float16: toFloat16,
  'int8-weights': toInt8Weights,
  'dynamic-range': toDynamicRange,
} as const;

const descriptions: Record<Input['settings']['precision'], (io: string) => string> = {
  int8: (io) => `Quantized to int8 with ${io} input and output.`,
  float16: () => 'Weights stored as float16.',
  'int8-weights': () => 'Weights stored as int8, computed in float32.',
  'dynamic-range': () => 'Quantized to int8 by dynamic range.',
  int16x8: () => 'Quantized to int16 activations and int8 weights.',
};

/** A quantized graph and, of one that was trained for it, how and what it would be without. */
interface Quantized extends QuantizedGraph {
  trained?: { record: TrainedForInt8['record']; plain: QuantizedGraph };
}

const contractOf = (
  { normalization, inputEncoding, outputEncoding }: QuantizedGraph,
  { preprocessing }: Input,
): Preprocessing => ({
  ...preprocessing,
  ...normalization,
  input: inputEncoding,
  output: outputEncoding,
});

async function quantize(source: Graph, input: Input, context: Context): Promise<Quantized> {
  const { settings } = input;
  const { precision, io, keepFloat, aware } = settings;
  const { mean, std } = input.preprocessing;
  const { graph, changes, calibration } = await prepare(source, input, context);
  const means = settings.biasCorrection ? calibration?.means : undefined;
  if (precision === 'int8') {
    const ranges = calibration?.ranges ?? new Map();
    const options = { normalization: { mean, std }, io, keepFloat };
    const plain = quantizeInt8(graph, ranges, { ...options, means });
    if (!aware || !calibration) return { ...plain, changes: [...changes, ...plain.changes] };
    const learned = await trainForInt8(graph, calibration, aware, input, context);
    const trained = quantizeInt8(learned.graph, ranges, { ...options, means: learned.means });
    return {
      ...trained,
      changes: [...changes, ...trained.changes],
      trained: { record: learned.record, plain },
    };
  }
  if (precision === 'int16x8') {
    const ranges = calibration?.ranges ?? new Map();
    return quantizeInt16(graph, ranges, { normalization: { mean, std }, means, keepFloat });
  }
  const encoding = { type: 'float32' } as const;
  return {
    ...storages[precision](graph, means),
    normalization: { mean, std },
    inputEncoding: encoding,
    outputEncoding: encoding,
  };
}

/** The graph as it is to be rounded, with what its activations are on calibration photos. */
async function prepare(
  graph: Graph,
  input: Input,
  context: Context,
): Promise<PassResult & { calibration?: Calibration }> {
  const { settings, calibration: photos } = input;
  if (photos.length === 0) return { graph, changes: [] };
  const rounds = settings.precision === 'int8' && settings.equalization ? 2 : 1;
  const first = await measure(graph, input, context, { before: 0, rounds });
  if (rounds === 1) return { graph, changes: [], calibration: first };
  const equalized = equalizeChannels(graph, first.extremes);
  if (equalized.changes.length === 0) return { ...equalized, calibration: first };
  const second = await measure(equalized.graph, input, context, { before: 1, rounds });
  return { ...equalized, calibration: second };
}

/** Both int8 forms, on the validation split and LiteRT: what the training was worth. */
async function judgeTraining(
  plain: QuantizedGraph,
  trained: { file: Uint8Array; preprocessing: Preprocessing },
  input: Input,
  context: Context,
): Promise<Pick<AwareRecord, 'photos' | 'accuracy'>> {
  const photos = (input.learned ?? []).filter(({ split }) => split === 'validation');
  const share = async (file: Uint8Array, preprocessing: Preprocessing) => {
    const model = await (await context.runtime()).load(file);
    try {
      const classify = createClassifier(model, preprocessing);
      let row = 0;
      let right = 0;
      for await (const pixels of pixelsOf(photos, input, context)) {
        if (topAnswer(await classify(pixels)) === photos[row]?.labelIndex) right += 1;
        row += 1;
      }
      return right / row;
    } finally {
      model.dispose();
    }
  };
  return {
    photos: photos.length,
    accuracy: {
      plain: await share(writeTflite(plain.graph), contractOf(plain, input)),
      aware: await share(trained.file, trained.preprocessing),
    },
  };
}

/** What activations are on calibration photos. */
async function measure(
  graph: Graph,
  input: Input,
  context: Context,
  { before, rounds }: { before: number; rounds: number },
): Promise<Calibration> {
  const { settings, preprocessing, calibration } = input;
  const { signal, report } = context;
  const total = calibration.length;
  const encode = createInputEncoder({ ...preprocessing, input: { type: 'float32' } });
  return withInnerRuntime(await context.runtime(), (runtime) =>
    calibrate(graph, floatInputs(pixelsOf(calibration, input, context), encode), runtime, {
      createObserver: () => createObserver(settings.calibration.ranges),
      signal,
      // Rounds together count as one.
      onPhoto: (done) =>
        report({ step: 'calibrating', done: (before * total + done) / rounds, total }),
    }),
  );
}

async function compareWithParent(
  parentFile: Uint8Array,
  file: Uint8Array,
  preprocessing: Preprocessing,
  input: Input,
  context: Context,
): Promise<QuantizationCheck> {
  const { signal, report } = context;
  const runtime = await context.runtime();
  const total = input.checks.length;
  const parent = await runtime.load(parentFile);
  try {
    const quantized = await runtime.load(file);
    try {
      return await checkQuantized(
        createClassifier(parent, input.preprocessing),
        createClassifier(quantized, preprocessing),
        pixelsOf(input.checks, input, context),
        { signal, onPhoto: (done) => report({ step: 'checking', done, total }) },
      );
    } finally {
      quantized.dispose();
    }
  } finally {
    parent.dispose();
  }
}

/** @throws AppError 'photo-unreadable': fewer photos than were chosen would be a silent loss. */
async function* pixelsOf(
  photos: readonly PhotoSource[],
  { preprocessing, cacheFile }: Input,
  { cache, signal }: Context,
): AsyncGenerator<Uint8Array> {
  for await (const read of readModelInputs(photos, preprocessing, cache(cacheFile), signal)) {
    if ('failure' in read) throw new AppError('photo-unreadable', read.failure.reason);
    yield read.pixels;
  }
}

async function* floatInputs(
  pixels: AsyncIterable<Uint8Array>,
  encode: ReturnType<typeof createInputEncoder>,
): AsyncGenerator<Float32Array> {
  for await (const bytes of pixels) {
    const values = encode(bytes);
    if (!(values instanceof Float32Array)) throw new TypeError('Calibration runs in float32');
    yield values;
  }
}

/** The parent's description of itself, with what was done to it. */
function describeFile(
  graph: Graph,
  parent: Uint8Array,
  preprocessing: Preprocessing,
  { settings }: Input,
): Uint8Array {
  const { name, description, author, license } = readMetadata(parent);
  const how = descriptions[settings.precision](settings.io);
  return attachMetadata(graph, {
    name: `${name ?? 'Image classifier'} (${settings.precision})`,
    description: description === undefined ? how : `${description} ${how}`,
    author: author ?? '',
    license: license ?? '',
    preprocessing,
  });
}
