import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backbonePreprocessing } from '../../src/shared/domain/backbone';
import type { Model } from '../../src/shared/domain/model';
import { trainingSettingsSchema } from '../../src/shared/domain/model';
import type { Preprocessing } from '../../src/shared/domain/preprocessing';
import { cleanGraph } from '../../src/main/engine/graph/clean-graph';
import type { Graph } from '../../src/main/engine/graph/graph';
import { joinHead } from '../../src/main/engine/graph/join-head';
import { readTflite } from '../../src/main/engine/graph/read-tflite';
import { writeTflite } from '../../src/main/engine/graph/write-tflite';
import { calibrate } from '../../src/main/engine/quantization/calibrate';
import { quantizeInt8 } from '../../src/main/engine/quantization/quantize-int8';
import { createClassifier } from '../../src/main/engine/runtime/classifier';
import { createInputEncoder } from '../../src/main/engine/runtime/encode-input';
import type { Runtime } from '../../src/main/engine/runtime/runtime';
import { loadTensorEngine } from '../../src/main/engine/training/tensor-engine';
import { trainHead } from '../../src/main/engine/training/train-head';
import type { ModelFile } from '../../src/main/services/deploy/phones/push-plan';
import { readModelInput } from '../../src/main/workers/model-input';
import { createFakeModel } from '../../tests/fakes/fake-model';
import { readLite0 } from './lite0';

export interface LearnedPhoto {
  /** Absolute. */
  path: string;
  labelIndex: number;
}

/** EfficientNet-Lite0 with a head of its own, as a person would push it: float32, and int8 with uint8 in and out. */
export interface PageModels {
  float32: ModelFile;
  int8: ModelFile;
}

interface Learned {
  photos: readonly LearnedPhoto[];
  labels: string[];
}

/**
 * Trains a head on photos' features, joins it to EfficientNet-Lite0 and quantizes that, calibrated on the same
 * photos, by the studio's own steps. @param folder where the two files are written.
 */
export async function makePageModels(
  folder: string,
  learned: Learned,
  runtime: Runtime,
): Promise<PageModels> {
  const { float32, toInt8 } = await makeFloatPageModel(folder, learned, runtime);
  return { float32, int8: await toInt8() };
}

/** The first of the two alone, and how to come by the other one. */
export async function makeFloatPageModel(
  folder: string,
  { photos, labels }: Learned,
  runtime: Runtime,
): Promise<{ float32: ModelFile; toInt8(): Promise<ModelFile> }> {
  const { facts, file } = await readLite0();
  const contract = backbonePreprocessing(facts, labels);
  const inputs = await readInputs(photos, contract);
  const { graph } = cleanGraph(
    joinHead(readTflite(file), await learn({ file, photos, labels, inputs }, runtime)),
  );
  async function* each() {
    yield* inputs;
  }
  return {
    float32: await write(folder, graph, { precision: 'float32', io: 'float32' }, contract),
    async toInt8() {
      const { ranges, means } = await calibrate(graph, each(), runtime);
      const quantized = quantizeInt8(graph, ranges, {
        normalization: { mean: contract.mean, std: contract.std },
        io: 'uint8',
        means,
      });
      const { normalization, inputEncoding: input, outputEncoding: output } = quantized;
      const kind = { precision: 'int8', io: 'uint8' } as const;
      return write(folder, quantized.graph, kind, { ...contract, ...normalization, input, output });
    },
  };
}

/** What the desktop answers to photos: row by row, a probability a label. */
export async function answersHere(
  { model: { preprocessing }, path }: ModelFile,
  photos: readonly { path: string }[],
  runtime: Runtime,
): Promise<Float32Array[]> {
  const loaded = await runtime.load(await readFile(path));
  try {
    const classify = createClassifier(loaded, preprocessing);
    const answers: Float32Array[] = [];
    for (const photo of photos) {
      answers.push(Float32Array.from(await classify(await readBytes(photo, preprocessing))));
    }
    return answers;
  } finally {
    loaded.dispose();
  }
}

const readBytes = ({ path }: { path: string }, contract: Preprocessing) =>
  readModelInput({ photoId: 0, sha256: '', path }, contract);

async function readInputs(photos: readonly LearnedPhoto[], contract: Preprocessing) {
  const encode = createInputEncoder(contract);
  const inputs: Float32Array[] = [];
  for (const photo of photos) {
    inputs.push(Float32Array.from(encode(await readBytes(photo, contract))));
  }
  return inputs;
}

/** @returns the head's weights; every fifth photo decides when to stop. */
async function learn(
  {
    file,
    photos,
    labels,
    inputs,
  }: {
    file: Uint8Array;
    photos: readonly LearnedPhoto[];
    labels: readonly string[];
    inputs: readonly Float32Array[];
  },
  runtime: Runtime,
) {
  const backbone = await runtime.load(file);
  const rows: Float32Array[] = [];
  for (const input of inputs) {
    const [features] = await backbone.run([input]);
    rows.push(Float32Array.from(features ?? []));
  }
  backbone.dispose();
  const featureWidth = rows[0]?.length ?? 0;
  const part = (isIn: (index: number) => boolean) => {
    const chosen = rows.flatMap((row, index) => (isIn(index) ? [{ row, index }] : []));
    const features = new Float32Array(chosen.length * featureWidth);
    for (const [at, { row }] of chosen.entries()) features.set(row, at * featureWidth);
    return {
      features,
      labels: Int32Array.from(chosen, ({ index }) => photos[index]?.labelIndex ?? 0),
    };
  };
  const trained = await trainHead(await loadTensorEngine(), {
    featureWidth,
    classes: labels.length,
    train: part((index) => index % 5 !== 0),
    validation: part((index) => index % 5 === 0),
    settings: trainingSettingsSchema.parse({}),
  });
  trained.dispose();
  return trained.head;
}

async function write(
  folder: string,
  graph: Graph,
  kind: Pick<Model, 'precision' | 'io'>,
  preprocessing: Preprocessing,
): Promise<ModelFile> {
  const bytes = writeTflite(graph);
  const path = join(folder, `${kind.precision}.tflite`);
  await writeFile(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const name = `Lite0 ${kind.precision}`;
  return {
    path,
    model: createFakeModel({ ...kind, name, sha256, bytes: bytes.length, preprocessing }),
  };
}
