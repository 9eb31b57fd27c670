import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/api/errors';
import { modelNames } from './model-names';

/** The model files among paths, and right in folders among them (an upload is one). */
async function walkModelFiles(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch(() => undefined);
    if (facts?.isDirectory()) {
      const names = modelNames(await readdir(path)).sort();
      found.push(...names.map((name) => join(path, name)));
    } else if (facts && /\.(tflite|lite|json|zip)$/i.test(path)) found.push(path);
  }
  return found;
}

/**
 * The one model among paths and right in folders among them: a `.tflite` file, the `model.json` of
 * TensorFlow.js, or an archive that holds either.
 * @returns its absolute path
 * @throws AppError 'bad-request' for none or several
 */
export async function onlyModelFile(paths: readonly string[]): Promise<string> {
  const files = await walkModelFiles(paths);
  const [file] = files;
  if (file !== undefined && files.length === 1) return file;
  throw new AppError(
    'bad-request',
    file === undefined
      ? 'There is no model: neither a .tflite file nor the model.json of TensorFlow.js.'
      : `There are ${files.length} files that could be the model.`,
    'Choose one .tflite file, or a model.json with the files that hold its weights, or their zip.',
  );
}

/**
 * A file as it is, whatever its name; of a folder the one model in it.
 * @throws AppError 'bad-request' for a folder with none or several
 */
export async function modelFileAt(path: string): Promise<string> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  return isFolder ? onlyModelFile([path]) : path;
}
