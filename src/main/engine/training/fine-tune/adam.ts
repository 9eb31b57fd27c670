import type { NamedTensorMap, Variable } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '../tensor-engine';

/** What Adam remembers, by variable, so that a training can go on where it was. */
export interface AdamState {
  steps: number;
  first: Float32Array[];
  second: Float32Array[];
}

export interface Adam {
  /** One step with this step size. Takes the gradients and disposes them. */
  apply(gradients: NamedTensorMap, rate: number): void;
  state(): AdamState;
  restore(state: AdamState): void;
  dispose(): void;
}

const [decayFirst, decaySecond, epsilon] = [0.9, 0.999, 1e-7];

/**
 * Adam (D. Kingma, J. Ba, ICLR 2015) with its state in sight and a step size that may change with
 * every step; the one of TensorFlow.js has neither.
 */
export function createAdam(tf: TensorFlow, variables: readonly Variable[]): Adam {
  const zeros = () => variables.map(({ shape }) => tf.tidy(() => tf.variable(tf.zeros(shape))));
  const [first, second] = [zeros(), zeros()];
  let steps = 0;

  const read = (moments: readonly Variable[]) =>
    moments.map((moment) => Float32Array.from(moment.dataSync()));

  function write(moments: readonly Variable[], values: readonly Float32Array[]): void {
    moments.forEach((moment, i) => {
      tf.tidy(() => moment.assign(tf.tensor(values[i] ?? [], moment.shape)));
    });
  }

  return {
    apply(gradients, rate) {
      steps += 1;
      // Both corrections for a start at zero, in the step size: the paper's section 2, last lines.
      const size = (rate * Math.sqrt(1 - decaySecond ** steps)) / (1 - decayFirst ** steps);
      variables.forEach((variable, i) => {
        const gradient = gradients[variable.name];
        const [mean, spread] = [first[i], second[i]];
        if (!gradient || !mean || !spread) return;
        tf.tidy(() => {
          mean.assign(tf.add(tf.mul(mean, decayFirst), tf.mul(gradient, 1 - decayFirst)));
          spread.assign(
            tf.add(tf.mul(spread, decaySecond), tf.mul(tf.square(gradient), 1 - decaySecond)),
          );
          const step = tf.div(tf.mul(mean, size), tf.add(tf.sqrt(spread), epsilon));
          variable.assign(tf.sub(variable, step));
        });
        gradient.dispose();
      });
    },
    state: () => ({ steps, first: read(first), second: read(second) }),
    restore(state) {
      ({ steps } = state);
      write(first, state.first);
      write(second, state.second);
    },
    dispose() {
      for (const moment of [...first, ...second]) moment.dispose();
    },
  };
}
