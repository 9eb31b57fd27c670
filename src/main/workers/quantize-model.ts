import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../shared/api/errors';
import { topAnswer } from '../../shared/domain/comparison-math';
import type { AwareRecord } from '../../shared/domain/model';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import { tidyGraph } from '../engine/graph/clean-graph';
import type { Graph } from '../engine/graph/graph';
import { attachMetadata, readMetadata } from '../engine/graph/model-metadata';
import { readTflite } from '../engine/graph/read-tflite';
import { writeTflite } from '../engine/graph/write-tflite';
import { checkQuantized, type QuantizationCheck } from '../engine/quantization/check-quantized';
import { quantizeInt8 } from '../engine/quantization/quantize-int8';
import type { QuantizedGraph } from '../engine/quantization/quantize-integer';
import { createClassifier } from '../engine/runtime/classifier';
import { contractOf, createGraphQuantizer, type GraphQuantizer } from './graph-quantizer';
import { measureGains } from './measure-gains';
import { pixelsOf } from './quantized-inputs';
import { readModelFile } from './read-model-file';
import type { TaskContext, TaskImplementation } from './task-context';
import type { TaskInput } from './tasks';
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
  const quantizer = createGraphQuantizer(graph, input, context, searchesOf(input));
  const { trained, ...quantized } = await quantize(quantizer, input, context);

  context.report({ step: 'writing', done: 0, total: 1 });
  const preprocessing = contractOf(quantized, input.preprocessing);
  const file = describeFile(quantized.graph, parent, preprocessing, input);
  const aware = trained && {
    ...trained.record,
    ...(await judgeTraining(trained.plain, { file, preprocessing }, input, context)),
  };
  const check = await compareWithParent(parent, file, preprocessing, input, context);
  // What was learned fits one form alone: to leave a correction out would be to train again.
  const gains = aware ? undefined : await measureGains(graph, quantized, quantizer, input, context);
  await writeModelFile(input.outputFile, file);
  return {
    changes: [...changes, ...quantized.changes],
    check,
    aware,
    gains,
    seconds: (performance.now() - started) / 1000,
    bytes: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
    preprocessing,
    runtime: runtime.name,
  };
};

const descriptions: Record<Input['settings']['precision'], (io: string) => string> = {
  int8: (io) => `Quantized to int8 with ${io} input and output.`,
  float16: () => 'Weights stored as float16.',
  'int8-weights': () => 'Weights stored as int8, computed in float32.',
  'dynamic-range': () => 'Quantized to int8 by dynamic range.',
  int16x8: () => 'Quantized to int16 activations and int8 weights.',
};

/** Whether biases are corrected in the forms with searched rounding that will be made. */
const searchesOf = ({ settings: { biasCorrection }, judged = [] }: Input): boolean[] =>
  biasCorrection && judged.length > 0 ? [true, false] : [biasCorrection];

/** A quantized graph and, of one that was trained for it, how and what it would be without. */
interface Quantized extends QuantizedGraph {
  trained?: { record: TrainedForInt8['record']; plain: QuantizedGraph };
}

async function quantize(
  quantizer: GraphQuantizer,
  input: Input,
  context: Context,
): Promise<Quantized> {
  const { settings, preprocessing } = input;
  const { io, aware } = settings;
  const plain = await quantizer.quantize(settings);
  if (settings.precision !== 'int8' || !aware) return plain;
  const { graph, changes, calibration } = await quantizer.prepare(settings);
  if (!calibration) return plain;
  const { mean, std } = preprocessing;
  const learned = await trainForInt8(graph, calibration, aware, input, context);
  const { means, record } = learned;
  const normalization = { mean, std };
  const trained = quantizeInt8(learned.graph, calibration.ranges, { normalization, io, means });
  return {
    ...trained,
    changes: [...changes, ...trained.changes],
    trained: { record, plain },
  };
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
      plain: await share(writeTflite(plain.graph), contractOf(plain, input.preprocessing)),
      aware: await share(trained.file, trained.preprocessing),
    },
  };
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
