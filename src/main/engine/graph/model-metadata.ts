import { AppError } from '../../../shared/api/errors';
import { type Preprocessing, preprocessingSchema } from '../../../shared/domain/preprocessing';
import { appendFiles, readFiles } from './associated-files';
import { FlatbufferError } from './flatbuffer/flatbuffer-error';
import { readFile, writeFile } from './flatbuffer/table';
import { unwrapMember } from './flatbuffer/union';
import type { Graph } from './graph';
import {
  LABELS_FILE,
  type ModelDescription,
  PREPROCESSING_FILE,
  toMetadataRecord,
} from './metadata-record';
import {
  associatedFileTypes,
  METADATA_BUFFER,
  METADATA_IDENTIFIER,
  type ModelMetadataRecord,
  modelMetadataTable,
  normalizationOptions,
} from './metadata-schema';
import { tensorElements } from './tensor-data';
import { modelBuffersTable, TFLITE_IDENTIFIER } from './tflite-schema';
import { writeTflite } from './write-tflite';

/** What a model file says about itself; each part only where the file has it. */
export interface ModelMetadata {
  name?: string;
  description?: string;
  author?: string;
  license?: string;
  /** In the order of the model's answer. */
  labels?: string[];
  /** Of RGB bytes 0..255; one number for all channels or one a channel. */
  normalization?: { mean: number[]; std: number[] };
  /** Our own contract, in files that this program wrote. */
  preprocessing?: Preprocessing;
}

/**
 * Writes a classifier's `.tflite` file with standard TFLite metadata inside (normalization, color
 * order, labels) and `labels.txt` and `preprocessing.json` behind it, so that the file alone is
 * enough to use the model. The same input gives the same bytes.
 *
 * Normalization is written as the float parent's also for uint8 input, as the metadata schema
 * asks. MediaPipe then ignores it and feeds plain bytes, which is right only where quantizing a
 * normalized byte gives the byte back: anything else is refused here.
 * @throws Error when graph and preprocessing contradict each other
 */
export function attachMetadata(graph: Graph, description: ModelDescription): Uint8Array {
  const { preprocessing } = description;
  const { labels } = preprocessing;
  const output = graph.tensors[graph.outputs[0] ?? -1];
  if (!output || tensorElements(output.shape) !== labels.length) {
    throw new Error(`${labels.length} labels for a model that answers [${output?.shape}]`);
  }
  requireBytesToPass(preprocessing);
  const record = toMetadataRecord(description);
  const metadata = new Map(graph.metadata).set(
    METADATA_BUFFER,
    writeFile(modelMetadataTable, METADATA_IDENTIFIER, record),
  );
  const encoder = new TextEncoder();
  return appendFiles(writeTflite({ ...graph, metadata }), {
    [LABELS_FILE]: encoder.encode(labels.map((label) => `${toLine(label)}\n`).join('')),
    [PREPROCESSING_FILE]: encoder.encode(`${JSON.stringify(preprocessing, undefined, 2)}\n`),
  });
}

const toLine = (label: string): string => label.replaceAll(/[\r\n]+/g, ' ');

function requireBytesToPass({ input, mean, std }: Preprocessing): void {
  if (input.type !== 'uint8') return;
  for (const channel of [0, 1, 2] as const) {
    for (const byte of [0, 255]) {
      const normalized = (byte - mean[channel]) / std[channel];
      const stored = normalized / input.scale + input.zeroPoint;
      if (Math.abs(stored - byte) > 0.5) {
        throw new Error('A uint8 input must take the bytes of the picture as they are');
      }
    }
  }
}

/**
 * What a `.tflite` file, ours or another's, says about itself; empty for a file without metadata.
 * @throws AppError 'model-unreadable' when the bytes are no model or its metadata is damaged
 */
export function readMetadata(file: Uint8Array): ModelMetadata {
  try {
    const record = readRecord(file);
    const files = readFiles(file);
    return {
      ...describe(record),
      ...readLabels(record, files),
      ...readNormalization(record),
      ...readPreprocessing(files),
    };
  } catch (cause) {
    if (!(cause instanceof FlatbufferError)) throw cause;
    throw new AppError(
      'model-unreadable',
      `This file's description of itself can't be read: ${cause.message}.`,
      'Choose a .tflite file, and copy or download it again if it should be one.',
      { cause },
    );
  }
}

function readRecord(file: Uint8Array): ModelMetadataRecord | undefined {
  const model = readFile(modelBuffersTable, TFLITE_IDENTIFIER, file);
  const entry = model.metadata.find(({ name }) => name === METADATA_BUFFER);
  const buffer = entry && model.buffers[entry.buffer];
  return buffer && readFile(modelMetadataTable, METADATA_IDENTIFIER, buffer.data);
}

/** An empty text is an absent one. */
function describe(record: ModelMetadataRecord | undefined): ModelMetadata {
  return {
    ...(record?.name ? { name: record.name } : {}),
    ...(record?.description ? { description: record.description } : {}),
    ...(record?.author ? { author: record.author } : {}),
    ...(record?.license ? { license: record.license } : {}),
  };
}

function readLabels(
  record: ModelMetadataRecord | undefined,
  files: ReadonlyMap<string, Uint8Array>,
): Pick<ModelMetadata, 'labels'> {
  const named = record?.subgraphs[0]?.outputs[0]?.associatedFiles.find(
    ({ type }) => type === associatedFileTypes.tensorAxisLabels,
  );
  const file = files.get(named?.name ?? LABELS_FILE);
  if (!file) return {};
  const lines = new TextDecoder().decode(file).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return { labels: lines };
}

function readNormalization(
  record: ModelMetadataRecord | undefined,
): Pick<ModelMetadata, 'normalization'> {
  const unit = record?.subgraphs[0]?.inputs[0]?.processUnits.find(
    ({ options }) => options?.type === normalizationOptions.type,
  );
  return unit ? { normalization: unwrapMember(normalizationOptions, unit.options) } : {};
}

/** A contract of another version of this program, or another's file of that name, is left out. */
function readPreprocessing(
  files: ReadonlyMap<string, Uint8Array>,
): Pick<ModelMetadata, 'preprocessing'> {
  const file = files.get(PREPROCESSING_FILE);
  const parsed = preprocessingSchema.safeParse(file && parseJson(new TextDecoder().decode(file)));
  return parsed.success ? { preprocessing: parsed.data } : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
