import { afterAll, describe, expect, it } from 'vitest';
import type { Graph } from '@main/engine/graph/graph';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { activationEncodings } from '@main/engine/quantization/activation-encodings';
import { calibrate } from '@main/engine/quantization/calibrate';
import { quantizeInt8 } from '@main/engine/quantization/quantize-int8';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { buildNetwork } from '@main/engine/training/fine-tune/build-network';
import { pretendInt8 } from '@main/engine/training/fine-tune/pretend-int8';
import { startOfTrainedPart } from '@main/engine/training/fine-tune/trained-part';
import { createRandom } from '@shared/domain/random';
import { differentiatingTensorFlow } from '../../../../../fixtures/differentiating-tensorflow';
import {
  eachOf,
  normals,
  smallClassifier,
  smallNormalization,
} from '../../../../../fixtures/small-classifier';

const tf = await differentiatingTensorFlow();
const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

const graph = smallClassifier();
const inputs = Array.from({ length: 24 }, (_, seed) =>
  normals(createRandom(seed), 192, 0.4).map((value) => Math.max(-0.99, Math.min(0.99, value))),
);
const { ranges } = await calibrate(graph, eachOf(inputs), runtime);
const encodings = activationEncodings(graph, ranges, smallNormalization);

const softmax = (logits: Float32Array) => {
  const powers = logits.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};

async function answersOf(file: Graph): Promise<Float32Array[]> {
  const model = await runtime.load(writeTflite(file));
  const answers: Float32Array[] = [];
  for (const input of inputs) {
    const [answer] = await model.run([input]);
    answers.push(Float32Array.from(answer ?? []));
  }
  model.dispose();
  return answers;
}

const meanDifference = (a: readonly Float32Array[], b: readonly Float32Array[]) =>
  a.reduce(
    (sum, values, row) =>
      sum + values.reduce((own, value, i) => own + Math.abs(value - (b[row]?.[i] ?? 0)), 0),
    0,
  ) / a.length;

describe('a network that pretends to be int8', () => {
  it('answers as the int8 file will, far nearer than the float model does', async () => {
    const network = buildNetwork(tf, 'test', graph, encodings);
    const pretended: Float32Array[] = [];
    for (const input of inputs) pretended.push(softmax(await network.logits(input, 1)));
    network.dispose();
    const options = { normalization: smallNormalization, io: 'float32' as const };
    const stored = await answersOf(quantizeInt8(graph, ranges, options).graph);
    const rounding = meanDifference(await answersOf(graph), stored);
    expect(rounding).toBeGreaterThan(0.005);
    expect(meanDifference(pretended, stored)).toBeLessThan(rounding / 4);
  });

  it('takes steps that lower the loss of the rounded network', async () => {
    const network = buildNetwork(tf, 'test', graph, encodings);
    const rows = inputs.length;
    const all = new Float32Array(rows * 192);
    inputs.forEach((input, row) => all.set(input, row * 192));
    const labels = inputs.map((_, row) => row % 4);
    const targets = new Float32Array(rows * 4);
    labels.forEach((label, row) => (targets[row * 4 + label] = 1));
    const lossOf = async () => {
      const logits = await network.logits(all, rows);
      return labels.reduce(
        (sum, label, row) => sum - Math.log(softmax(logits.slice(row * 4, row * 4 + 4))[label]!),
        0,
      );
    };
    const before = await lossOf();
    const weights = new Float32Array(rows).fill(1);
    for (let step = 0; step < 20; step += 1) {
      await network.step({ rows, inputs: all, targets, weights }, 0.01);
    }
    expect(await lossOf()).toBeLessThan(before * 0.9);
    network.dispose();
  });
});

describe('rounding', () => {
  it('lets gradients through, but where an activation is clipped', () => {
    const change = pretendInt8(tf, graph, new Map([[5, { scale: 0.1, zeroPoint: -128 }]]));
    const values = tf.tensor1d([-3, 0.06, 5.02, 30]);
    const { value, grad } = tf.valueAndGrad((x) => tf.sum(change.activation(5, x)))(values);
    expect([...grad.dataSync()]).toEqual([0, 1, 1, 0]);
    expect(value.dataSync()[0]).toBeCloseTo(0 + 0.1 + 5 + 25.5, 4);
  });

  it('gives each channel a scale of its own, a dense layer one for all, and leaves biases alone', () => {
    const [kernel, dense, bias] = ['first/kernel', 'logits/kernel', 'logits/bias'].map((name) =>
      graph.tensors.findIndex((tensor) => tensor.name === name),
    );
    const change = pretendInt8(tf, graph, encodings);
    const weights = tf.tensor4d([1, 0.013, 100, 1.3], [2, 1, 1, 2]);
    const rounded = [...change.weights(kernel ?? -1, weights).dataSync()];
    expect(rounded[0]).toBeCloseTo(1, 6);
    expect(rounded[1]).toBeCloseTo(2 / 127, 6);
    expect(rounded[3]).toBeCloseTo((100 / 127) * 2, 4);
    const flat = tf.tensor2d([1, 0.013, 100, 1.3], [2, 2]);
    const together = [...change.weights(dense ?? -1, flat).dataSync()];
    expect(together[0]).toBeCloseTo(100 / 127, 6);
    expect(together[1]).toBe(0);
    expect(change.weights(bias ?? -1, weights)).toBe(weights);
  });
});

describe('startOfTrainedPart', () => {
  const nameAt = (blocks: number) => graph.tensors[startOfTrainedPart(graph, blocks)]?.name;

  it('is where the dense layers or the blocks begin', () => {
    expect(nameAt(0)).toBe('flat');
    expect(nameAt(1)).toBe('first');
  });

  it('says what a model lacks', () => {
    expect(() => startOfTrainedPart(graph, 2)).toThrow('has 1 blocks that can be trained, not 2');
    const headless = { ...graph, outputs: [graph.inputs[0] ?? 0] };
    expect(() => startOfTrainedPart(headless, 0)).toThrow('does not end in dense layers');
  });
});
