import { createHash } from 'node:crypto';
import { dirname, extname, basename } from 'node:path';
import { AppError, throwIfCancelled } from '../../shared/api/errors';
import { openArchive, openFolder } from '../platform/file-group';
import { modelNames } from '../platform/model-names';
import type { OpenedModel } from './opened-model';
import { readLayersModel } from './read-layers-model';
import { readModelFile } from './read-model-file';

/**
 * Reads a `.tflite` file, the `model.json` of a TensorFlow.js layers model with its weights beside it, or a
 * `.zip` that holds either.
 * @throws AppError 'model-unreadable', 'model-unsupported', 'cancelled'.
 */
export async function readOpenedModel(path: string, signal: AbortSignal): Promise<OpenedModel> {
  throwIfCancelled(signal);
  switch (extname(path).toLowerCase()) {
    case '.json':
      return readLayersModel(openFolder(dirname(path)), basename(path), signal);
    case '.zip':
      return readArchive(path, signal);
    default:
      return asItIs(await readModelFile(path));
  }
}

async function readArchive(path: string, signal: AbortSignal): Promise<OpenedModel> {
  const archive = await openArchive(path);
  try {
    const name = modelIn(archive.names());
    if (/\.json$/i.test(name)) return await readLayersModel(archive, name, signal);
    if (((await archive.size(name)) ?? 0) > largestFile) throw tooLarge(name);
    return asItIs(await archive.read(name));
  } finally {
    archive.close();
  }
}

/** Of an archive, which may be made to unpack to anything. */
const largestFile = 1e9;

const asItIs = (file: Uint8Array): OpenedModel => ({
  file,
  changes: [],
  bytes: file.length,
  sha256: createHash('sha256').update(file).digest('hex'),
});

/** The one model of the topmost folder that has any. */
function modelIn(paths: readonly string[]): string {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const name = path.slice(folder.length);
    if (folder.startsWith('__MACOSX/')) continue;
    folders.set(folder, [...(folders.get(folder) ?? []), name]);
  }
  const depth = (folder: string) => folder.split('/').length;
  const topDown = [...folders].sort(([first], [second]) => depth(first) - depth(second));
  for (const [folder, names] of topDown) {
    const [model, ...others] = modelNames(names);
    if (model !== undefined && others.length === 0) return folder + model;
    if (model !== undefined) {
      throw refused(`There are ${others.length + 1} files in the archive that could be the model.`);
    }
  }
  throw refused('There is no model in the archive: neither a .tflite file nor a model.json.');
}

const refused = (what: string) =>
  new AppError('model-unreadable', what, 'Choose an archive that holds one model.');

const tooLarge = (name: string) => refused(`${name} is larger than 1 GB.`);
