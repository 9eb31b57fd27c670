import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/api/errors';
import { foreignModel } from './foreign-model';
import { modelNames } from './model-names';

/** The model files among paths, and right in folders among them (an upload is one); and what else is there. */
async function walkModelFiles(
  paths: readonly string[],
): Promise<{ found: string[]; others: string[] }> {
  const found: string[] = [];
  const others: string[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch(() => undefined);
    if (facts?.isDirectory()) {
      const all = await readdir(path);
      const names = modelNames(all).sort();
      found.push(...names.map((name) => join(path, name)));
      others.push(path, ...all.map((name) => join(path, name)));
    } else if (facts && /\.(tflite|lite|json|zip)$/i.test(path)) found.push(path);
    else others.push(path);
  }
  return { found, others };
}

/**
 * The one model among paths and right in folders among them: a `.tflite` file, the `model.json` of
 * TensorFlow.js, or an archive that holds either.
 * @returns its absolute path
 * @throws AppError 'bad-request' for none or several, 'model-unsupported' where there is one of another framework
 */
export async function onlyModelFile(paths: readonly string[]): Promise<string> {
  const { found, others } = await walkModelFiles(paths);
  const [file] = found;
  if (file !== undefined && found.length === 1) return file;
  const elsewhere = file === undefined ? foreignModel(others) : undefined;
  if (elsewhere) throw elsewhere;
  throw new AppError(
    'bad-request',
    file === undefined
      ? 'There is no model: neither a .tflite file nor the model.json of TensorFlow.js.'
      : `There are ${found.length} files that could be the model.`,
    'Choose one .tflite file, or a model.json with the files that hold its weights, or their zip.',
  );
}

/**
 * A file as it is, whatever its name; of a folder the one model in it.
 * @throws AppError 'bad-request' for a folder with none or several, 'model-unsupported' for a file of another
 * framework
 */
export async function modelFileAt(path: string): Promise<string> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  if (isFolder) return onlyModelFile([path]);
  const elsewhere = foreignModel([path]);
  if (elsewhere) throw elsewhere;
  return path;
}
