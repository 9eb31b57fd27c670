import { createHash } from 'node:crypto';
import { AppError } from '../../shared/api/errors';
import type { IoType } from '../../shared/domain/model';
import type { Preprocessing, TensorEncoding } from '../../shared/domain/preprocessing';
import type { Graph, Tensor } from '../engine/graph/graph';
import { attachMetadata, type ModelMetadata, readMetadata } from '../engine/graph/model-metadata';
import { orderAnswers } from '../engine/graph/order-answers';
import { precisionOf } from '../engine/graph/precision-of';
import type { PassResult } from '../engine/graph/passes/pass';
import { readTflite } from '../engine/graph/read-tflite';
import { simplifyProven } from '../engine/graph/simplify-opened';
import { tensorElements } from '../engine/graph/tensor-data';
import { writeTflite } from '../engine/graph/write-tflite';
import { proofPictures } from './proof-pictures';
import { answersOf, proveOpened } from './prove-opened';
import { readOpenedModel } from './read-opened-model';
import type { TaskImplementation } from './task-context';
import type { StatedContract } from './tasks/model-tasks';
import { writeModelFile } from './write-model-file';

export const openClassifier: TaskImplementation<'open-classifier'> = async (input, context) => {
  const opened = await readOpenedModel(input.modelFile, context.signal);
  const { file: source } = opened;
  const read = readTflite(source);
  const precision = precisionOf(read);
  const metadata = opened.metadata ?? readMetadata(source);
  const own = labelsOf(read, metadata, input.stated);
  const { rows, leftOut } = matchLabels(own, input.labels);
  const before = contractOf(read, metadata, input.stated, own);
  const cache = context.cache(input.cacheFile);
  const pictures = await proofPictures(before, input.photos, cache, context.signal);
  const runtime = await context.runtime();
  // A float graph becomes one that can be quantized; others stay as they are.
  const simplified: PassResult =
    precision === 'float32'
      ? await simplifyProven(read, (graph) =>
          answersOf(runtime, writeTflite(graph), before, pictures.pixels, context.signal),
        )
      : { graph: read, changes: [] };
  const ordered = orderAnswers(simplified.graph, rows);
  const preprocessing = contractOf(ordered.graph, metadata, input.stated, input.labels);
  const file = attachMetadata(ordered.graph, {
    name: metadata.name ?? 'Image classifier',
    description: metadata.description ?? 'Opened in Pocketlens Studio.',
    author: metadata.author ?? '',
    license: metadata.license ?? '',
    preprocessing,
  });
  const proof = await proveOpened({ source, file, preprocessing, own, rows, pictures }, context);
  await writeModelFile(input.outputFile, file);
  return {
    ...(opened.metadata?.name === undefined ? {} : { name: opened.metadata.name }),
    preprocessing,
    precision,
    io: preprocessing.input.type satisfies IoType,
    changes: [...opened.changes, ...simplified.changes, ...ordered.changes],
    sourceSha256: opened.sha256,
    leftOut,
    bytes: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
    ...proof,
  };
};

function only(graph: Graph, role: 'inputs' | 'outputs'): Tensor {
  const [index = -1, ...more] = graph[role];
  const tensor = graph.tensors[index];
  if (tensor && more.length === 0) return tensor;
  throw new AppError(
    'model-unsupported',
    `This is no image classifier: it has ${more.length + (tensor ? 1 : 0)} ${role}.`,
    'Open a file with one picture as its input and one row of probabilities as its output.',
  );
}

function labelsOf(graph: Graph, metadata: ModelMetadata, stated: StatedContract): string[] {
  const labels = stated.labels ?? metadata.preprocessing?.labels ?? metadata.labels;
  const answers = tensorElements(only(graph, 'outputs').shape);
  if (!labels) {
    throw new AppError(
      'bad-request',
      `The file does not name its ${answers} answers.`,
      'Give its labels, one a line, in the order of its answers.',
    );
  }
  if (labels.length === answers) return labels;
  throw new AppError(
    'bad-request',
    `There are ${labels.length} labels for ${answers} answers.`,
    'Give one label an answer, in their order.',
  );
}

/** Case and space around do not count. */
function matchLabels(own: readonly string[], wanted: readonly string[]) {
  const plain = (label: string) => label.trim().toLowerCase();
  const places = new Map(own.map((label, index) => [plain(label), index]));
  const missing = wanted.filter((label) => !places.has(plain(label)));
  if (missing.length > 0) {
    throw new AppError(
      'bad-request',
      `The model does not tell ${missing.join(', ')}: its labels are ${shorten(own)}.`,
      'Give its labels with the project’s names, or rename the project’s labels.',
    );
  }
  const twice = wanted.filter(
    (label) => own.filter((one) => plain(one) === plain(label)).length > 1,
  );
  if (twice.length > 0) {
    throw new AppError(
      'bad-request',
      `The model has ${twice.join(', ')} more than once among its labels.`,
      'Give each of its answers a name of its own.',
    );
  }
  const known = new Set(wanted.map(plain));
  return {
    rows: wanted.map((label) => places.get(plain(label)) ?? 0),
    leftOut: own.filter((label) => !known.has(plain(label))),
  };
}

const shorten = (labels: readonly string[]): string =>
  labels.length > 12
    ? `${labels.slice(0, 12).join(', ')} and ${labels.length - 12} more`
    : labels.join(', ');

function contractOf(
  graph: Graph,
  metadata: ModelMetadata,
  stated: StatedContract,
  labels: string[],
): Preprocessing {
  const input = only(graph, 'inputs');
  const [batch, height, width, channels, ...rest] = input.shape;
  if (batch !== 1 || !height || !width || channels !== 3 || rest.length > 0) {
    throw new AppError(
      'model-unsupported',
      `The model’s input is [${input.shape.join(', ')}], not one RGB picture of [1, height, width, 3].`,
      'Open a file that takes one picture at a time.',
    );
  }
  const encoding = encodingOf(input);
  const { mean, std } = normalizationOf(encoding, metadata, stated);
  const known = metadata.preprocessing;
  return {
    version: 1,
    width,
    height,
    channelOrder: 'RGB',
    cropFraction: stated.cropFraction ?? known?.cropFraction ?? 1,
    resize: 'bicubic-antialiased',
    background: known?.background ?? [255, 255, 255],
    mean,
    std,
    input: encoding,
    output: encodingOf(only(graph, 'outputs')),
    labels,
  };
}

function encodingOf({ type, name, quantization }: Tensor): TensorEncoding {
  if (type === 'float32') return { type };
  const [scale, zeroPoint] = [quantization?.scale[0], quantization?.zeroPoint[0]];
  if ((type === 'uint8' || type === 'int8') && scale !== undefined && zeroPoint !== undefined) {
    return { type, scale, zeroPoint };
  }
  throw new AppError(
    'model-unsupported',
    `The tensor ${name} is of type ${type}${scale === undefined ? ', without a scale' : ''}.`,
    'Inputs and outputs can be float32, or uint8 and int8 with scale and zero point.',
  );
}

function normalizationOf(
  encoding: TensorEncoding,
  { preprocessing, normalization }: ModelMetadata,
  stated: StatedContract,
): Pick<Preprocessing, 'mean' | 'std'> {
  const all = (values: readonly number[]): Preprocessing['mean'] => [
    values[0] ?? 0,
    values[1] ?? values[0] ?? 0,
    values[2] ?? values[0] ?? 0,
  ];
  if (encoding.type !== 'float32') {
    if (stated.mean ?? stated.std) {
      throw new AppError(
        'bad-request',
        `The model takes ${encoding.type} values: their scale and zero point say how they are normalized.`,
        'Leave mean and standard deviation out.',
      );
    }
    // Apps give such an input the bytes of a picture: they mean what its scale makes of them.
    const shift = encoding.type === 'int8' ? 128 : 0;
    const std = 1 / encoding.scale;
    return { mean: all([encoding.zeroPoint + shift]), std: all([std]) };
  }
  const mean = stated.mean ?? preprocessing?.mean ?? (normalization && all(normalization.mean));
  const std = stated.std ?? preprocessing?.std ?? (normalization && all(normalization.std));
  if (mean && std) return { mean, std };
  throw new AppError(
    'bad-request',
    'The file does not say how the values of a picture are normalized.',
    'Give mean and standard deviation on the scale 0 to 255: 127.5 and 127.5 for -1 to 1, 0 and 255 for 0 to 1.',
  );
}
