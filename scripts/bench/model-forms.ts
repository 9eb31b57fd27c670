import { toFloat16 } from '../../src/main/engine/graph/convert-float16';
import type { Graph } from '../../src/main/engine/graph/graph';
import { writeTflite } from '../../src/main/engine/graph/write-tflite';
import { calibrate } from '../../src/main/engine/quantization/calibrate';
import { equalizeChannels } from '../../src/main/engine/quantization/equalize-channels';
import { measureLayers } from '../../src/main/engine/quantization/layer-errors';
import { quantizeInt16 } from '../../src/main/engine/quantization/quantize-int16';
import { type Int8Options, quantizeInt8 } from '../../src/main/engine/quantization/quantize-int8';
import { createObserver } from '../../src/main/engine/quantization/range-rules';
import { toDynamicRange, toInt8Weights } from '../../src/main/engine/quantization/store-weights';
import { createClassifier } from '../../src/main/engine/runtime/classifier';
import { createInputEncoder } from '../../src/main/engine/runtime/encode-input';
import type { Runtime } from '../../src/main/engine/runtime/runtime';
import { worstRounded } from '../../src/shared/domain/layer-error';
import { type RangeRule, rangeRuleSchema } from '../../src/shared/domain/model';
import type { Preprocessing } from '../../src/shared/domain/preprocessing';
import { searchedForms } from './searched-forms';

/** A model as it is written, with what it takes and gives. */
export interface Form {
  graph: Graph;
  contract: Preprocessing;
}

export interface FormsOptions {
  /** How ranges follow from values; forms with no rule in their names are made with 'min-max'. */
  rules?: readonly RangeRule[];
  /** Forms with searched rounding, too: they take minutes. */
  searches?: boolean;
}

/**
 * A float model in every form that the studio writes, by name.
 * @param calibration RGB bytes of model inputs, for ranges and corrected biases.
 */
export async function makeForms(
  float: Form,
  calibration: readonly Uint8Array[],
  runtime: Runtime,
  options: FormsOptions = {},
): Promise<Record<string, Form>> {
  return {
    float32: float,
    float16: { ...float, graph: toFloat16(float.graph).graph },
    'int8-weights': { ...float, graph: toInt8Weights(float.graph).graph },
    'dynamic-range': { ...float, graph: toDynamicRange(float.graph).graph },
    ...(await calibratedForms(float, calibration, runtime, options)),
  };
}

async function calibratedForms(
  { graph, contract }: Form,
  calibration: readonly Uint8Array[],
  runtime: Runtime,
  { rules = rangeRuleSchema.options, searches = true }: FormsOptions,
) {
  const forms: Record<string, Form> = {};
  for (const rule of rules) {
    const encode = createInputEncoder(contract);
    async function* inputs() {
      for (const pixels of calibration) yield encode(pixels) as Float32Array;
    }
    const calibrated = await calibrate(graph, inputs(), runtime, {
      createObserver: () => createObserver(rule),
    });
    const { ranges, means, extremes } = calibrated;
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
      const weights = toInt8Weights(graph, { means }).graph;
      const dynamic = toDynamicRange(graph, { means }).graph;
      forms['int8-weights, biases corrected'] = { graph: weights, contract };
      forms['dynamic-range, biases corrected'] = { graph: dynamic, contract };
      const { mean, std } = contract;
      const int16 = quantizeInt16(graph, ranges, { normalization: { mean, std }, means });
      forms['int16x8, biases corrected'] = { graph: int16.graph, contract };
    }
    add(`int8 ${rule}`, false);
    const corrected = add(`int8 ${rule}, biases corrected`, true);
    if (rule !== 'min-max') continue;
    add('int8 uint8 in and out, biases corrected', true, { io: 'uint8' });
    add('int8 int8 in and out, biases corrected', true, { io: 'int8' });
    if (searches) {
      const { length } = calibration;
      const float = { graph, contract };
      Object.assign(forms, await searchedForms(float, calibrated, inputs, length, runtime));
    }
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

/** What a form says to each picture (RGB bytes of a model input), as real numbers. */
export async function answersOf(
  { graph, contract }: Form,
  pictures: readonly Uint8Array[],
  runtime: Runtime,
): Promise<Float32Array[]> {
  const model = await runtime.load(writeTflite(graph));
  try {
    const classify = createClassifier(model, contract);
    const answers: Float32Array[] = [];
    for (const pixels of pictures) answers.push(Float32Array.from(await classify(pixels)));
    return answers;
  } finally {
    model.dispose();
  }
}

/** The article's model: 2018's retrain.py says mean and deviation 127.5. */
export const articleContract = (labels: string[]): Preprocessing => ({
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
