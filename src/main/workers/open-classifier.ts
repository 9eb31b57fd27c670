import { createHash } from 'node:crypto';
import { AppError } from '../../shared/api/errors';
import type { IoType } from '../../shared/domain/model';
import type { Graph } from '../engine/graph/graph';
import { attachMetadata, type ModelMetadata, readMetadata } from '../engine/graph/model-metadata';
import { orderAnswers } from '../engine/graph/order-answers';
import { precisionOf } from '../engine/graph/precision-of';
import type { PassResult } from '../engine/graph/passes/pass';
import { readTflite } from '../engine/graph/read-tflite';
import { simplifyProven } from '../engine/graph/simplify-opened';
import { tensorElements } from '../engine/graph/tensor-data';
import { writeTflite } from '../engine/graph/write-tflite';
import { contractOf, only } from './picture-contract';
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
