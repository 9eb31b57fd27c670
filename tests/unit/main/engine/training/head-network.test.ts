import { afterEach, describe, expect, it } from 'vitest';
import type { HeadWeights } from '@main/engine/graph/join-head';
import { createHeadNetwork, type HeadShape } from '@main/engine/training/head-network';
import { loadTensorEngine } from '@main/engine/training/tensor-engine';
import type { Batch } from '@main/engine/training/training-batches';
import { createRandom } from '@shared/domain/random';

const { tf } = await loadTensorEngine();
const tensorsBefore = tf.memory().numTensors;
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore));

const shape: HeadShape = { featureWidth: 3, classes: 2, hiddenUnits: 0, dropout: 0.5 };
const learningRate = 0.05;

/** The loss as the textbook has it, in double precision, one row after another. */
function handLoss(weights: HeadWeights, batch: Batch): number {
  const { featureWidth, classes, hidden, output } = weights;
  let loss = 0;
  for (let row = 0; row < batch.size; row++) {
    let value = [...batch.features.subarray(row * featureWidth, (row + 1) * featureWidth)];
    if (hidden) value = dense(value, hidden, hidden.units).map((unit) => Math.max(0, unit));
    const entered = value.map((unit, i) => unit * (batch.keep?.[row * value.length + i] ?? 1));
    const powers = dense(entered, output, classes).map(Math.exp);
    const sum = powers.reduce((total, power) => total + power);
    const crossEntropy = powers.reduce(
      (total, power, i) => total - (batch.targets[row * classes + i] ?? 0) * Math.log(power / sum),
      0,
    );
    loss += ((batch.weights[row] ?? 0) * crossEntropy) / batch.size;
  }
  return loss;
}

function dense(
  input: number[],
  layer: { kernel: Float32Array; bias: Float32Array },
  units: number,
) {
  return Array.from({ length: units }, (_, unit) =>
    input.reduce(
      (sum, value, i) => sum + value * (layer.kernel[i * units + unit] ?? 0),
      layer.bias[unit] ?? 0,
    ),
  );
}

/** Adam (Kingma and Ba, ICLR 2015, algorithm 1) on numeric gradients of `handLoss`. */
function handTrain(start: HeadWeights, batches: Batch[]): HeadWeights {
  const weights = structuredClone(start);
  const arrays = [weights.hidden, weights.output].flatMap((layer) =>
    layer ? [layer.kernel, layer.bias] : [],
  );
  const moments = arrays.map((array) => ({ m: [...array].fill(0), v: [...array].fill(0) }));
  batches.forEach((batch, index) => {
    const gradients = arrays.map((array) =>
      Array.from(array, (value, i) => {
        const reach = 1e-3;
        array[i] = value + reach;
        const above = handLoss(weights, batch);
        array[i] = value - reach;
        const below = handLoss(weights, batch);
        array[i] = value;
        return (above - below) / (2 * reach);
      }),
    );
    arrays.forEach((array, a) => {
      array.forEach((value, i) => {
        const { m, v } = moments[a] ?? { m: [], v: [] };
        const gradient = gradients[a]?.[i] ?? Number.NaN;
        m[i] = 0.9 * (m[i] ?? 0) + 0.1 * gradient;
        v[i] = 0.999 * (v[i] ?? 0) + 0.001 * gradient ** 2;
        const mean = (m[i] ?? 0) / (1 - 0.9 ** (index + 1));
        const spread = Math.sqrt((v[i] ?? 0) / (1 - 0.999 ** (index + 1)));
        array[i] = value - (learningRate * mean) / (spread + 1e-7);
      });
    });
  });
  return weights;
}

/** Batches of different sizes: Adam alone would not notice a gradient that is off by a factor. */
function drawBatch(seed: number, enteringOutput: number): Batch {
  const random = createRandom(seed);
  const size = 2 + (seed % 3);
  const draw = <Value>(count: number, value: () => Value) => Array.from({ length: count }, value);
  return {
    size,
    features: Float32Array.from(draw(size * 3, () => random.between(0, 2))),
    keep: Float32Array.from(draw(size * enteringOutput, () => random.pick([0, 2]))),
    targets: Float32Array.from(
      draw(size, () =>
        random.pick([
          [0.95, 0.05],
          [0.05, 0.95],
        ]),
      ).flat(),
    ),
    weights: Float32Array.from(draw(size, () => random.pick([0.5, 2]))),
  };
}

describe('createHeadNetwork', () => {
  it.each([0, 5])('takes the steps that Adam takes by hand, %i hidden units', (hiddenUnits) => {
    const network = createHeadNetwork(tf, { ...shape, hiddenUnits }, createRandom(3), learningRate);
    const start = network.weights();
    const batches = [1, 2, 3, 4].map((seed) => drawBatch(seed, hiddenUnits || 3));
    const expected = handTrain(start, batches);
    for (const batch of batches) network.step(batch);
    const trained = network.weights();
    expectClose(trained.output.kernel, expected.output.kernel);
    expectClose(trained.output.bias, expected.output.bias);
    expectClose(trained.hidden?.kernel, expected.hidden?.kernel);
    expectClose(trained.hidden?.bias, expected.hidden?.bias);
    expect(trained.output.kernel).not.toEqual(start.output.kernel);
    network.dispose();
  });

  it('starts within the Glorot limit, with biases of 0, from its random source alone', () => {
    const create = (seed: number) => createHeadNetwork(tf, shape, createRandom(seed), learningRate);
    const networks = [create(1), create(1), create(2)];
    const [first, same, other] = networks.map((network) => network.weights().output);
    const limit = Math.sqrt(6 / (3 + 2));
    expect(first?.kernel.every((value) => Math.abs(value) <= limit)).toBe(true);
    expect([...(first?.bias ?? [])]).toEqual([0, 0]);
    expect(same).toEqual(first);
    expect(other).not.toEqual(first);
    for (const network of networks) network.dispose();
  });

  it('answers probabilities that are the softmax of its logits, row by row', () => {
    const network = createHeadNetwork(tf, shape, createRandom(1), learningRate);
    const features = Float32Array.of(1, 2, 3, -1, 0, 1);
    const logits = network.logits(features);
    const probabilities = network.probabilities(features);
    for (const row of [0, 1]) {
      const powers = [...logits.subarray(row * 2, row * 2 + 2)].map(Math.exp);
      const sum = powers.reduce((total, power) => total + power);
      expectClose(
        probabilities.subarray(row * 2, row * 2 + 2),
        Float32Array.from(powers, (p) => p / sum),
      );
    }
    network.dispose();
  });

  it('answers the same for many rows as for one', () => {
    const network = createHeadNetwork(tf, shape, createRandom(1), learningRate);
    const rows = 2050;
    const features = Float32Array.from({ length: rows * 3 }, (_, i) => (i % 17) / 17);
    const all = network.logits(features);
    expect(all).toHaveLength(rows * 2);
    expectClose(all.subarray(-2), network.logits(features.subarray(-3)));
    network.dispose();
  });

  it('goes back to weights it had', () => {
    const network = createHeadNetwork(tf, { ...shape, hiddenUnits: 4 }, createRandom(1), 0.1);
    const kept = network.weights();
    network.step(drawBatch(1, 4));
    expect(network.weights()).not.toEqual(kept);
    network.restore(kept);
    expect(network.weights()).toEqual(kept);
    network.dispose();
  });
});

function expectClose(actual: Float32Array | undefined, expected: Float32Array | undefined): void {
  expect([...(actual ?? [])]).toEqual(
    [...(expected ?? [])].map((value) => expect.closeTo(value, 4)),
  );
}
