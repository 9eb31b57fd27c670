import type { GradSaveFunc, Tensor as Value } from '@tensorflow/tfjs-core';
import type { Graph } from '../../graph/graph';
import { type AffineEncoding, rangeOfStored } from '../../quantization/affine-encoding';
import { operatorRule } from '../../quantization/operator-rules';
import type { TensorFlow } from '../tensor-engine';
import type { FlowChange } from './tuned-network';

const largestWeight = 127;

/**
 * Lets a graph compute in float what its int8 form will: weights are rounded as the quantizer rounds
 * them (one scale a channel or a layer, from the weights as they are now), activations to the steps of their
 * encoding. Gradients pass through the rounding as if it were not there, and stop where an activation
 * is clipped (straight-through: B. Jacob et al., CVPR 2018, section 3; Y. Bengio et al., 2013).
 * Biases are stored in int32 and hardly lose anything.
 * @param encodings by tensor, as `activationEncodings` gives them.
 */
export function pretendInt8(
  tf: TensorFlow,
  graph: Graph,
  encodings: ReadonlyMap<number, AffineEncoding>,
): FlowChange {
  /** The axis of channels that have a scale each; undefined: one for all. */
  const axes = new Map<number, number | undefined>();
  for (const operator of graph.operators) {
    const { weightAxis, oneScale } = operatorRule(operator);
    if (weightAxis === undefined) continue;
    axes.set(operator.inputs[1] ?? -1, oneScale ? undefined : weightAxis);
  }

  const rounded = (
    value: Value,
    round: (value: Value) => Value,
    passes?: (value: Value) => Value,
  ): Value =>
    tf.customGrad<Value>((...given) => {
      const [entering, save] = given as [Value, GradSaveFunc];
      save([entering]);
      return {
        value: round(entering),
        gradFunc: (dy: Value, [saved]: Value[]) =>
          passes && saved ? tf.mul(dy, passes(saved)) : tf.clone(dy),
      };
    })(value);

  return {
    weights(tensor, value) {
      if (!axes.has(tensor)) return value;
      const axis = axes.get(tensor);
      const others = value.shape.map((_, i) => i).filter((i) => i !== axis);
      return rounded(value, (weights) => {
        const largest = tf.max<Value>(tf.abs(weights), others, true);
        const scale = tf.maximum(tf.div(largest, largestWeight), 1e-12);
        return tf.mul(tf.round(tf.div(weights, scale)), scale);
      });
    },
    activation(tensor, value) {
      const encoding = encodings.get(tensor);
      if (!encoding) return value;
      const { min, max } = rangeOfStored('int8', encoding);
      return rounded(
        value,
        (values) => {
          const held = tf.clipByValue(values, min, max);
          return tf.mul(tf.round(tf.div(held, encoding.scale)), encoding.scale);
        },
        (values) =>
          tf.cast(
            tf.logicalAnd(tf.greaterEqual(values, min), tf.lessEqual(values, max)),
            'float32',
          ),
      );
    },
  };
}
