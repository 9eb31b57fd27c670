import type { GradConfig, Tensor as Value } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '../tensor-engine';

/**
 * Gradients of what a head is made of. The Node build of tfjs-core registers none, so that on
 * WebAssembly nothing can be differentiated without these; where others are there, they stay.
 */
export function provideDenseGradients(tf: TensorFlow): void {
  for (const gradient of gradientsOf(tf)) {
    // Typed as if there always were one.
    const known = tf.getGradient(gradient.kernelName) as GradConfig | undefined;
    if (!known) tf.registerGradient(gradient);
  }
}

function gradientsOf(tf: TensorFlow): GradConfig[] {
  /** Sums over what was repeated to fit. */
  const shrunk = (gradient: Value, shape: number[]): Value => {
    const extra = gradient.rank - shape.length;
    const axes = gradient.shape
      .map((size, axis) => ({
        axis,
        repeated: axis < extra || (size > 1 && shape[axis - extra] === 1),
      }))
      .filter(({ repeated }) => repeated)
      .map(({ axis }) => axis);
    const sum = axes.length > 0 ? tf.sum(gradient, axes) : gradient;
    return tf.reshape(sum, shape);
  };
  /** Of a sum over some axes: the same for all that was added. */
  const spread = (gradient: Value, shape: number[], attributes: object): Value => {
    const axes = axesOf(attributes, shape.length);
    const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    return tf.mul(tf.reshape(gradient, kept), tf.ones(shape));
  };
  const first = (saved: Value[]): Value => pick(saved, 0);
  const second = (saved: Value[]): Value => pick(saved, 1);
  const single = (dy: Value | Value[]): Value => (Array.isArray(dy) ? pick(dy, 0) : dy);

  return [
    {
      kernelName: 'Add',
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, saved) => ({
        a: () => shrunk(single(dy), first(saved).shape),
        b: () => shrunk(single(dy), second(saved).shape),
      }),
    },
    {
      kernelName: 'Multiply',
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, saved) => ({
        a: () => shrunk(tf.mul(single(dy), second(saved)), first(saved).shape),
        b: () => shrunk(tf.mul(single(dy), first(saved)), second(saved).shape),
      }),
    },
    {
      kernelName: 'BatchMatMul',
      inputsToSave: ['a', 'b'],
      // Transposed first: see head-network.ts.
      gradFunc: (dy, saved) => ({
        a: () => tf.matMul(single(dy), tf.transpose(second(saved))),
        b: () => tf.matMul(tf.transpose(first(saved)), single(dy)),
      }),
    },
    {
      kernelName: 'Transpose',
      // Of a matrix it is its own inverse, and a head has nothing else.
      gradFunc: (dy) => ({ x: () => tf.transpose(single(dy)) }),
    },
    {
      kernelName: 'Reshape',
      inputsToSave: ['x'],
      gradFunc: (dy, saved) => ({ x: () => tf.reshape(single(dy), first(saved).shape) }),
    },
    {
      kernelName: 'Relu',
      inputsToSave: ['x'],
      gradFunc: (dy, saved) => ({
        x: () => tf.mul(single(dy), tf.cast(tf.greater(first(saved), 0), 'float32')),
      }),
    },
    {
      kernelName: 'Neg',
      gradFunc: (dy) => ({ x: () => tf.neg(single(dy)) }),
    },
    {
      kernelName: 'Sum',
      inputsToSave: ['x'],
      gradFunc: (dy, saved, attributes) => ({
        x: () => spread(single(dy), first(saved).shape, attributes),
      }),
    },
    {
      kernelName: 'Mean',
      inputsToSave: ['x'],
      gradFunc: (dy, saved, attributes) => ({
        x: () => {
          const { shape } = first(saved);
          const count = axesOf(attributes, shape.length).reduce(
            (product, axis) => product * (shape[axis] ?? 1),
            1,
          );
          return tf.div(spread(single(dy), shape, attributes), count);
        },
      }),
    },
  ];
}

function pick(values: Value[], at: number): Value {
  const value = values[at];
  if (!value) throw new Error('A gradient lacks what it was computed from');
  return value;
}

/** All, where none is named. */
function axesOf(attributes: object, rank: number): number[] {
  const axis = 'axis' in attributes ? attributes.axis : undefined;
  const all = Array.from({ length: rank }, (_, i) => i);
  if (typeof axis !== 'number' && !Array.isArray(axis)) return all;
  const named: unknown[] = Array.isArray(axis) ? axis : [axis];
  return named.map((one) => (Number(one) < 0 ? Number(one) + rank : Number(one)));
}
