import { isHiddenName } from '../../shared/domain/photo-names';

/** What `Metadata` of Teachable Machine and the studio's own contract are called. */
const besideModels = new Set(['metadata.json', 'preprocessing.json']);

/**
 * The models among the names of files that lie in one folder: `.tflite` files, and where there are none,
 * the `model.json` of TensorFlow.js, under whatever name it has.
 */
export function modelNames(names: readonly string[]): string[] {
  const shown = names.filter((name) => !isHiddenName(name));
  const lite = shown.filter((name) => /\.(tflite|lite)$/i.test(name));
  if (lite.length > 0) return lite;
  const json = shown.filter(
    (name) => /\.json$/i.test(name) && !besideModels.has(name.toLowerCase()),
  );
  const usual = json.filter((name) => name.toLowerCase() === 'model.json');
  return usual.length > 0 ? usual : json;
}
