import { createHash } from 'node:crypto';
import { AppError, throwIfCancelled } from '../../shared/api/errors';
import { convertLayersModel } from '../engine/graph/from-tfjs/convert-layers-model';
import {
  type ModelDescription,
  readModelDescription,
} from '../engine/graph/from-tfjs/model-description';
import { readModelJson } from '../engine/graph/from-tfjs/model-json';
import {
  partsOfPath,
  requireLength,
  requireModestWeights,
  type WeightGroup,
} from '../engine/graph/from-tfjs/weights-manifest';
import { writeTflite } from '../engine/graph/write-tflite';
import type { FileGroup } from '../platform/file-group';
import type { OpenedModel } from './opened-model';

/** Descriptions of networks have some hundred kilobytes, of labels a few. */
const largestJson = 64e6;
const largestDescription = 4e6;

/**
 * Reads a TensorFlow.js layers model and makes a `.tflite` file of it.
 * @param files where it lies
 * @param path of its `model.json` in there; weights and `metadata.json` are beside it.
 * @throws AppError 'model-unreadable', 'model-unsupported', 'cancelled'.
 */
export async function readLayersModel(
  files: FileGroup,
  path: string,
  signal: AbortSignal,
): Promise<OpenedModel> {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const fileName = path.slice(folder.length);
  const json = await readBounded(files, path, largestJson);
  if (!json) throw missing([fileName], 'the folder');
  const model = readModelJson(decode(json), fileName);
  requireModestWeights(model.manifest);
  const description = await readDescription(files, `${folder}metadata.json`);
  const hash = createHash('sha256').update(json);
  let bytes = json.length;
  const weights: Uint8Array[] = [];
  for (const group of model.manifest) {
    throwIfCancelled(signal);
    const read = await readGroup(files, folder, group, fileName);
    hash.update(read);
    bytes += read.length;
    weights.push(read);
  }
  throwIfCancelled(signal);
  const { imageSize, labels, normalization } = description;
  const { graph, changes } = convertLayersModel({ ...model, weights, imageSize });
  const name = description.name ?? nameOf(fileName, model.network.name);
  return {
    file: writeTflite(graph),
    metadata: { name, ...(labels && { labels }), ...(normalization && { normalization }) },
    changes,
    bytes,
    sha256: hash.digest('hex'),
  };
}

/** Most files are named model.json, which says nothing. */
function nameOf(fileName: string, network: string): string {
  const stem = fileName.replace(/\.json$/i, '');
  return stem.toLowerCase() === 'model' ? network : stem;
}

async function readDescription(files: FileGroup, path: string): Promise<ModelDescription> {
  const json = await readBounded(files, path, largestDescription);
  return json ? readModelDescription(decode(json), 'metadata.json') : {};
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function readBounded(
  files: FileGroup,
  path: string,
  most: number,
): Promise<Uint8Array | undefined> {
  const size = await files.size(path);
  if (size === undefined || size <= most) return size === undefined ? size : files.read(path);
  throw new AppError(
    'model-unreadable',
    `${path} has ${Math.round(size / 1e6).toLocaleString('en-US')} MB; one of a TensorFlow.js model has a few at most.`,
    'Choose the model.json that lies beside the files with the weights.',
  );
}

/** The bytes of a group of files, whose lengths are checked before any is read. */
async function readGroup(
  files: FileGroup,
  folder: string,
  group: WeightGroup,
  fileName: string,
): Promise<Uint8Array> {
  const paths = group.paths.map((path) => partsOfPath(path).join('/'));
  const sizes = await Promise.all(paths.map((path) => files.size(folder + path)));
  const absent = paths.filter((_, index) => sizes[index] === undefined);
  if (absent.length > 0) throw missing(absent, fileName);
  const total = sizes.reduce((sum: number, size) => sum + (size ?? 0), 0);
  requireLength(group, total);
  const [only, ...others] = paths;
  if (only !== undefined && others.length === 0) return files.read(folder + only);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const path of paths) {
    const read = await files.read(folder + path);
    bytes.set(read.subarray(0, total - at), at);
    at += read.length;
  }
  return bytes;
}

function missing(names: readonly string[], beside: string): AppError {
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  const listed = names.slice(0, 3).join(', ') + more;
  return new AppError(
    'model-unreadable',
    `${listed} ${names.length === 1 ? 'is' : 'are'} missing beside ${beside}.`,
    'Choose model.json together with the files that hold its weights, or a zip of them.',
  );
}
