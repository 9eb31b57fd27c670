import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { provideDenseGradients } from '@main/engine/training/fine-tune/dense-gradients';
import { createTunedNetwork } from '@main/engine/training/fine-tune/tuned-network';
import { createRandom } from '@shared/domain/random';
import { normals } from '../../../../../fixtures/small-classifier';

await tf.setBackend('cpu');

/** Two dense layers with a ReLU between them. */
function head() {
  const random = createRandom(4);
  const builder = new GraphBuilder();
  const options = { activation: 'none' as const, keepNumDims: false };
  const constant = (name: string, shape: number[]) => {
    const values = shape.reduce((product, size) => product * size, 1);
    return builder.constant(name, shape, normals(random, values, 0.6));
  };
  let value = builder.input('features', [1, 5]);
  const hidden = [value, constant('hidden/k', [4, 5]), constant('hidden/b', [4])];
  value = builder.operator('FULLY_CONNECTED', 'hidden', hidden, [1, 4], options);
  value = builder.operator('RELU', 'relu', [value], [1, 4], {});
  const logits = [value, constant('logits/k', [3, 4]), constant('logits/b', [3])];
  value = builder.operator('FULLY_CONNECTED', 'logits', logits, [1, 3], options);
  return builder.finish([builder.operator('SOFTMAX', 'answer', [value], [1, 3], { beta: 1 })]);
}

const rows = 4;
const inputs = normals(createRandom(8), rows * 5, 1);
const labels = [0, 2, 1, 2];
const targets = new Float32Array(rows * 3);
labels.forEach((label, row) => (targets[row * 3 + label] = 1));
const weights = Float32Array.of(1, 0.5, 2, 1);

it('without them tfjs-core in Node differentiates nothing', async () => {
  const network = createTunedNetwork(tf, 'test', head());
  await expect(network.step({ rows, inputs, targets, weights }, 0)).rejects.toThrow('gradient');
});

it('with them every weight of a head goes down the numeric gradient', async () => {
  provideDenseGradients(tf);
  const network = createTunedNetwork(tf, 'test', head());
  const lossOf = async () => {
    const logits = await network.logits(inputs, rows);
    return labels.reduce((sum, label, row) => {
      const own = logits.slice(row * 3, row * 3 + 3);
      const total = own.reduce((all, value) => all + Math.exp(value), 0);
      return sum + (weights[row]! * (Math.log(total) - own[label]!)) / rows;
    }, 0);
  };
  const before = await network.state();
  await network.step({ rows, inputs, targets, weights }, 0);
  // After one step Adam's first moment is a tenth of the gradient.
  const { first } = (await network.state()).adam;
  for (const [at, values] of before.weights.entries()) {
    for (const index of values.keys()) {
      const nudged = async (by: number) => {
        const changed = before.weights.map((array) => array.slice());
        changed[at]![index]! += by;
        await network.setWeights(changed);
        return lossOf();
      };
      const numeric = ((await nudged(1e-2)) - (await nudged(-1e-2))) / 2e-2;
      expect(first[at]![index]! * 10).toBeCloseTo(numeric, 3);
    }
  }
});
