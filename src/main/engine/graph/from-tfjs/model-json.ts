import { z } from 'zod';
import { downloadAgain, tfjsUnreadable, tfjsUnsupported } from './tfjs-error';
import { type ModelRecord, readTopology } from './topology';
import { type WeightGroup, weightsManifestSchema } from './weights-manifest';

/** What a `model.json` says: the network, and where its weights are. */
export interface LayersModel {
  network: ModelRecord;
  manifest: WeightGroup[];
}

const fileSchema = z.object({
  format: z.string().nullish(),
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.unknown().optional(),
});

/** A model that Keras saved whole has its network one level deeper, beside how it was trained. */
const wrappedSchema = z.object({ model_config: z.record(z.string(), z.unknown()) });

/**
 * Reads the `model.json` of a TensorFlow.js layers model, as `model.save`, tensorflowjs_converter and
 * Teachable Machine write it.
 * @param fileName for messages
 * @throws AppError 'model-unreadable', 'model-unsupported'
 */
export function readModelJson(text: string, fileName: string): LayersModel {
  const file = fileSchema.safeParse(parseJson(text, fileName));
  if (!file.success) {
    throw tfjsUnreadable(
      `${fileName} is no TensorFlow.js model: it lacks a network (modelTopology).`,
      'Choose the model.json that lies beside the files with the weights.',
    );
  }
  const { format, modelTopology, weightsManifest } = file.data;
  if (format === 'graph-model' || 'node' in modelTopology) {
    throw tfjsUnsupported(
      'it is a graph model, made of TensorFlow’s operations, not a layers model',
      'Convert the SavedModel that it was made of to TensorFlow Lite, and open the .tflite file.',
    );
  }
  const manifest = weightsManifestSchema.safeParse(weightsManifest);
  if (!manifest.success) {
    const [issue] = manifest.error.issues;
    throw tfjsUnreadable(
      `${fileName} does not say where its weights are: weightsManifest${pathOf(issue?.path)} is not as TensorFlow.js writes it.`,
      downloadAgain,
    );
  }
  const wrapped = wrappedSchema.safeParse(modelTopology);
  return {
    network: readTopology(wrapped.success ? wrapped.data.model_config : modelTopology),
    manifest: manifest.data,
  };
}

export function parseJson(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw tfjsUnreadable(`${fileName} is no sound JSON file.`, downloadAgain, cause);
  }
}

const pathOf = (path: readonly PropertyKey[] = []): string =>
  path.map((part) => `.${String(part)}`).join('');
