import { createHash } from 'node:crypto';
import { AppError } from '../../shared/api/errors';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import { appendFiles } from '../engine/graph/associated-files';
import { chooseAnswers, cutFeatures } from '../engine/graph/cut-features';
import type { Graph } from '../engine/graph/graph';
import { PREPROCESSING_FILE } from '../engine/graph/metadata-record';
import { readMetadata } from '../engine/graph/model-metadata';
import { precisionOf } from '../engine/graph/precision-of';
import { readTflite } from '../engine/graph/read-tflite';
import { simplifyProven } from '../engine/graph/simplify-opened';
import { writeTflite } from '../engine/graph/write-tflite';
import { contractOf } from './picture-contract';
import { proofPictures } from './proof-pictures';
import { proveBase } from './prove-base';
import { readOpenedModel } from './read-opened-model';
import { createRawAnswers } from './raw-answers';
import type { TaskImplementation } from './task-context';
import { writeModelFile } from './write-model-file';

/**
 * The file says how its pictures are normalized, so that two bases of one file whose pictures are
 * normalized otherwise have different hashes: features are kept by the hash.
 */
export const openBase: TaskImplementation<'open-base'> = async (input, context) => {
  const { signal } = context;
  const opened = await readOpenedModel(input.modelFile, signal);
  const { file: source } = opened;
  const whole = readTflite(source);
  const read = chooseAnswers(whole);
  refuseQuantized(read);
  const metadata = opened.metadata ?? readMetadata(source);
  const contract = { ...contractOf(read, metadata, input.stated, []), output: float32, labels: [] };
  refuseOblong(contract);
  const cache = context.cache(input.cacheFile);
  const pictures = await proofPictures(contract, input.photos, cache, signal);
  const raw = createRawAnswers(await context.runtime(), contract, pictures.pixels, signal);
  // Answers without a SOFTMAX can be of any size; what may change is a share of it.
  const { expected, scale } = await raw.ofSource(read === whole ? source : read);
  const simplified = await simplifyProven(read, async (graph) =>
    (await raw.of(graph)).map((answer) => answer.map((value) => value / scale)),
  );
  const { features, rest, width, changes } = cutFeatures(simplified.graph);
  const json = new TextEncoder().encode(`${JSON.stringify(contract, undefined, 2)}\n`);
  const file = appendFiles(writeTflite(features), { [PREPROCESSING_FILE]: json });
  const proof = await proveBase({ file, rest, expected, scale }, raw);
  await writeModelFile(input.outputFile, file);
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  return {
    inputSize: contract.width,
    featureWidth: width,
    mean: contract.mean,
    std: contract.std,
    cropFraction: contract.cropFraction,
    ...(opened.metadata?.name === undefined ? {} : { name: opened.metadata.name }),
    license: metadata.license ?? '',
    changes: [...opened.changes, ...simplified.changes, ...changes],
    bytes: file.length,
    sha256: sha256(file),
    sourceSha256: opened.sha256,
    proof: { pictures: pictures.pixels.length, of: pictures.of, largestDifference: proof },
    runtime: raw.runtime,
  };
};

const float32 = { type: 'float32' } as const;

function refuseQuantized(graph: Graph): void {
  const precision = precisionOf(graph);
  if (precision === 'float32' || precision === 'float16') return;
  throw new AppError(
    'model-unsupported',
    `This file can’t be a base for training: it is quantized (${precision}).`,
    'Open the float32 or float16 file that it was made from; a quantized one can be compared.',
  );
}

function refuseOblong({ width, height }: Preprocessing): void {
  if (width === height) return;
  throw new AppError(
    'model-unsupported',
    `This file can’t be a base for training: it takes pictures of ${width} × ${height}, and photos are cut to squares.`,
    'Open a file whose input is as high as it is wide.',
  );
}
