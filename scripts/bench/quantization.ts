import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanGraph } from '../../src/main/engine/graph/clean-graph';
import { toFloat16 } from '../../src/main/engine/graph/convert-float16';
import type { Graph } from '../../src/main/engine/graph/graph';
import { readTflite } from '../../src/main/engine/graph/read-tflite';
import { writeTflite } from '../../src/main/engine/graph/write-tflite';
import { calibrate } from '../../src/main/engine/quantization/calibrate';
import { equalizeChannels } from '../../src/main/engine/quantization/equalize-channels';
import { measureLayers } from '../../src/main/engine/quantization/layer-errors';
import { type Int8Options, quantizeInt8 } from '../../src/main/engine/quantization/quantize-int8';
import { createObserver } from '../../src/main/engine/quantization/range-rules';
import { toDynamicRange, toInt8Weights } from '../../src/main/engine/quantization/store-weights';
import { createClassifier } from '../../src/main/engine/runtime/classifier';
import { createInputEncoder } from '../../src/main/engine/runtime/encode-input';
import type { Runtime } from '../../src/main/engine/runtime/runtime';
import { createWasmRuntime } from '../../src/main/engine/runtime/wasm-runtime';
import { topAnswer } from '../../src/shared/domain/comparison-math';
import { worstRounded } from '../../src/shared/domain/layer-error';
import { rangeRuleSchema } from '../../src/shared/domain/model';
import type { Preprocessing } from '../../src/shared/domain/preprocessing';
import { round } from './stopwatch';
import { makeStressSet, readPhotos, type StressPhoto } from './stress-set';

/** Photos a class that ranges are calibrated on. */
const calibrationEach = 15;

/**
 * The article's own float model (graph.lite) in every form, on its photos and on harder variants.
 * @param every takes each so manieth photo only.
 */
export async function benchQuantization(seedFolder: string, every = 1) {
  const labels = (await readFile(join(seedFolder, 'labels.txt'), 'utf8')).trim().split('\n');
  const all = await readPhotos(join(seedFolder, 'photos'), labels);
  const photos = all.filter((_, i) => i % every === 0);
  const stress = await makeStressSet(photos, 1);
  const runtime = await createWasmRuntime();
  const { graph } = cleanGraph(readTflite(await readFile(join(seedFolder, 'graph.lite'))));
  const contract = contractOf(labels);
  const float = { graph, contract };
  const forms: Record<string, Form> = {
    float32: float,
    float16: { ...float, graph: toFloat16(graph).graph },
    'int8-weights': { ...float, graph: toInt8Weights(graph).graph },
    'dynamic-range': { ...float, graph: toDynamicRange(graph).graph },
    ...(await calibratedForms(float, photos, runtime)),
  };
  const answers = await answersOf(forms.float32 ?? float, stress, runtime);
  const rows: Record<string, FormFigures> = {};
  for (const [name, form] of Object.entries(forms)) {
    const own = await answersOf(form, stress, runtime);
    const onPhotos = await answersOf(form, photos, runtime);
    rows[name] = {
      bytes: writeTflite(form.graph).length,
      photosRight: countRight(onPhotos, photos),
      stressTop1: share(countRight(own, stress), stress.length),
      stressAgreement: share(
        own.filter((answer, i) => topAnswer(answer) === topAnswer(answers[i] ?? answer)).length,
        stress.length,
      ),
    };
  }
  await runtime.dispose();
  return { photos: photos.length, stress: stress.length, forms: rows };
}

export interface FormFigures {
  bytes: number;
  /** Of the photos as they are. */
  photosRight: number;
  /** Percent of the stress set: right, and as the float model answers. */
  stressTop1: number;
  stressAgreement: number;
}

interface Form {
  graph: Graph;
  contract: Preprocessing;
}

async function calibratedForms(
  { graph, contract }: Form,
  photos: readonly StressPhoto[],
  runtime: Runtime,
) {
  const chosen = photos.filter(
    (photo, i) =>
      photos.slice(0, i).filter(({ labelIndex }) => labelIndex === photo.labelIndex).length <
      calibrationEach,
  );
  const forms: Record<string, Form> = {};
  for (const rule of rangeRuleSchema.options) {
    const encode = createInputEncoder(contract);
    async function* inputs() {
      for (const { pixels } of chosen) yield encode(pixels) as Float32Array;
    }
    const { ranges, means, extremes } = await calibrate(graph, inputs(), runtime, {
      createObserver: () => createObserver(rule),
    });
    const add = (name: string, correct: boolean, more: Partial<Int8Options> = {}) => {
      const quantized = quantizeInt8(graph, ranges, {
        normalization: { mean: contract.mean, std: contract.std },
        io: 'float32',
        ...(correct ? { means } : {}),
        ...more,
      });
      const { inputEncoding: input, outputEncoding: output, normalization } = quantized;
      forms[name] = {
        graph: quantized.graph,
        contract: { ...contract, ...normalization, input, output },
      };
      return quantized.graph;
    };
    if (rule === 'min-max') {
      const weights = toInt8Weights(graph, means).graph;
      const dynamic = toDynamicRange(graph, means).graph;
      forms['int8-weights, biases corrected'] = { graph: weights, contract };
      forms['dynamic-range, biases corrected'] = { graph: dynamic, contract };
    }
    add(`int8 ${rule}`, false);
    const corrected = add(`int8 ${rule}, biases corrected`, true);
    if (rule !== 'min-max') continue;
    add('int8 uint8 in and out, biases corrected', true, { io: 'uint8' });
    add('int8 int8 in and out, biases corrected', true, { io: 'int8' });
    async function* pairs() {
      for await (const float of inputs()) yield { float: float.slice(), quantized: float.slice() };
    }
    forms['int8 equalized, biases corrected'] = await equalizedForm(
      { graph, contract },
      extremes,
      inputs,
      runtime,
    );
    const { signal } = new AbortController();
    const { layers } = await measureLayers(graph, corrected, pairs(), runtime, signal);
    for (const count of [2, 4]) {
      const keepFloat = worstRounded(layers, count);
      add(`int8 with ${count} tensors in float, corrected`, true, { keepFloat });
    }
  }
  return forms;
}

async function equalizedForm(
  { graph, contract }: Form,
  extremes: ReadonlyMap<number, Float64Array>,
  inputs: () => AsyncGenerator<Float32Array>,
  runtime: Runtime,
): Promise<Form> {
  const equalized = equalizeChannels(graph, extremes).graph;
  const { ranges, means } = await calibrate(equalized, inputs(), runtime);
  const { mean, std } = contract;
  const made = quantizeInt8(equalized, ranges, {
    normalization: { mean, std },
    io: 'float32',
    means,
  });
  const { inputEncoding: input, outputEncoding: output } = made;
  return { graph: made.graph, contract: { ...contract, input, output } };
}

async function answersOf(
  { graph, contract }: Form,
  photos: readonly StressPhoto[],
  runtime: Runtime,
): Promise<Float32Array[]> {
  const model = await runtime.load(writeTflite(graph));
  try {
    const classify = createClassifier(model, contract);
    const answers: Float32Array[] = [];
    for (const { pixels } of photos) answers.push(Float32Array.from(await classify(pixels)));
    return answers;
  } finally {
    model.dispose();
  }
}

const countRight = (answers: readonly Float32Array[], photos: readonly StressPhoto[]): number =>
  answers.filter((answer, i) => topAnswer(answer) === photos[i]?.labelIndex).length;

const share = (count: number, of: number): number => round((100 * count) / of);

const contractOf = (labels: string[]): Preprocessing => ({
  version: 1,
  width: 224,
  height: 224,
  channelOrder: 'RGB',
  cropFraction: 1,
  resize: 'bicubic-antialiased',
  background: [0, 0, 0],
  mean: [127.5, 127.5, 127.5],
  std: [127.5, 127.5, 127.5],
  input: { type: 'float32' },
  output: { type: 'float32' },
  labels,
});
