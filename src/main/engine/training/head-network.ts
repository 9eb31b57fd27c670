import type { Rank, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { Random } from '../../../shared/domain/random';
import type { DenseWeights, HeadWeights } from '../graph/join-head';
import type { TensorFlow } from './tensor-engine';
import type { Batch } from './training-batches';

export interface HeadShape {
  featureWidth: number;
  classes: number;
  /** Units of a ReLU layer between features and output; 0 for none. */
  hiddenUnits: number;
  /** Share of what enters the output layer that drops out in training. */
  dropout: number;
}

/** A head whose weights are TensorFlow.js variables. */
export interface HeadNetwork {
  /** One step of Adam on the weighted cross-entropy of a batch. */
  step(batch: Batch): void;
  /** Row-major [rows, classes], without dropout. `features` is row-major [rows, featureWidth]. */
  logits(features: Float32Array): Float32Array;
  /** Row-major [rows, classes]. */
  probabilities(features: Float32Array): Float32Array;
  /** A copy of the weights as they are now. */
  weights(): HeadWeights;
  restore(weights: HeadWeights): void;
  dispose(): void;
}

interface Layer {
  kernel: Variable<Rank.R2>;
  bias: Variable<Rank.R1>;
}

interface Forward {
  hidden?: Tensor2D;
  /** What the output layer got. */
  entered: Tensor2D;
  logits: Tensor2D;
}

/** Rows of one evaluation, so that many photos do not have to fit into the engine at once. */
const evaluationRows = 2048;

/**
 * Kernels start Glorot uniform (X. Glorot, Y. Bengio, AISTATS 2010) from `random`, biases at 0.
 *
 * Gradients are written out, not recorded: the Node build of tfjs-core registers none, and for
 * one or two dense layers they are four lines. Products with a transposed factor transpose it
 * first, because the WebAssembly backend multiplies only untransposed matrices fast (0.14 instead
 * of 0.70 ms for 1280x32 by 32x20).
 */
export function createHeadNetwork(
  tf: TensorFlow,
  shape: HeadShape,
  random: Random,
  learningRate: number,
): HeadNetwork {
  const { featureWidth, classes, hiddenUnits, dropout } = shape;
  const enteringOutput = hiddenUnits > 0 ? hiddenUnits : featureWidth;
  const hidden = hiddenUnits > 0 ? createLayer(tf, featureWidth, hiddenUnits, random) : undefined;
  const output = createLayer(tf, enteringOutput, classes, random);
  const adam = tf.train.adam(learningRate);

  function forward(features: Tensor2D, keep?: Tensor2D): Forward {
    const active = hidden && tf.relu(dense(features, hidden));
    const value = active ?? features;
    const entered = keep ? tf.mul<Tensor2D>(value, keep) : value;
    return { hidden: active, entered, logits: dense(entered, output) };
  }

  function dense(value: Tensor2D, { kernel, bias }: Layer): Tensor2D {
    return tf.add<Tensor2D>(tf.matMul(value, kernel), bias);
  }

  /** Of one layer, from the gradient of what it gives out. */
  function gradients(layer: Layer, entered: Tensor2D, given: Tensor2D) {
    return [
      { name: layer.kernel.name, tensor: tf.matMul(tf.transpose(entered), given) },
      { name: layer.bias.name, tensor: tf.sum(given, 0) },
    ];
  }

  function evaluate(features: Float32Array, answer: (logits: Tensor2D) => Tensor2D): Float32Array {
    const rows = features.length / featureWidth;
    const answers = new Float32Array(rows * classes);
    for (let start = 0; start < rows; start += evaluationRows) {
      const end = Math.min(rows, start + evaluationRows);
      const part = features.subarray(start * featureWidth, end * featureWidth);
      tf.tidy(() => {
        const input = tf.tensor2d(part, [end - start, featureWidth]);
        answers.set(answer(forward(input).logits).dataSync(), start * classes);
      });
    }
    return answers;
  }

  return {
    step({ size, features, keep, targets, weights }) {
      tf.tidy(() => {
        const input = tf.tensor2d(features, [size, featureWidth]);
        const mask = keep && tf.tensor2d(keep, [size, enteringOutput]);
        const result = forward(input, mask);
        // Of the mean over the batch of weight * cross-entropy(target, softmax(logits)).
        const share = tf.div(tf.tensor2d(weights, [size, 1]), size);
        const missed = tf.sub(tf.softmax(result.logits), tf.tensor2d(targets, [size, classes]));
        const atLogits = tf.mul<Tensor2D>(missed, share);
        const all = gradients(output, result.entered, atLogits);
        if (hidden && result.hidden) {
          const atEntered = tf.matMul(atLogits, tf.transpose(output.kernel));
          const atHidden = mask ? tf.mul<Tensor2D>(atEntered, mask) : atEntered;
          const active = tf.cast(tf.greater(result.hidden, 0), 'float32');
          all.push(...gradients(hidden, input, tf.mul<Tensor2D>(atHidden, active)));
        }
        adam.applyGradients(all);
      });
    },
    logits: (features) => evaluate(features, (logits) => logits),
    probabilities: (features) => evaluate(features, (logits) => tf.softmax(logits)),
    weights: () => ({
      featureWidth,
      classes,
      dropout,
      ...(hidden ? { hidden: { ...readLayer(hidden), units: hiddenUnits } } : {}),
      output: readLayer(output),
    }),
    restore(weights) {
      writeLayer(tf, output, weights.output);
      if (hidden && weights.hidden) writeLayer(tf, hidden, weights.hidden);
    },
    dispose() {
      adam.dispose();
      for (const layer of [hidden, output]) {
        layer?.kernel.dispose();
        layer?.bias.dispose();
      }
    },
  };
}

function createLayer(tf: TensorFlow, inputs: number, units: number, random: Random): Layer {
  const limit = Math.sqrt(6 / (inputs + units));
  const kernel = Float32Array.from({ length: inputs * units }, () => random.between(-limit, limit));
  return tf.tidy(() => ({
    kernel: tf.variable(tf.tensor2d(kernel, [inputs, units])),
    bias: tf.variable(tf.zeros<Rank.R1>([units])),
  }));
}

function readLayer({ kernel, bias }: Layer): DenseWeights {
  return {
    kernel: Float32Array.from(kernel.dataSync()),
    bias: Float32Array.from(bias.dataSync()),
  };
}

function writeLayer(tf: TensorFlow, { kernel, bias }: Layer, weights: DenseWeights): void {
  tf.tidy(() => {
    kernel.assign(tf.tensor(weights.kernel, kernel.shape));
    bias.assign(tf.tensor(weights.bias, bias.shape));
  });
}
