import type { Activation } from './graph';
import type { Head, HeadLayer } from './read-head';

const activate: Readonly<Record<Activation, (value: number) => number>> = {
  none: (value) => value,
  relu: (value) => Math.max(0, value),
  relu6: (value) => Math.min(6, Math.max(0, value)),
  'relu-n1-to-1': (value) => Math.min(1, Math.max(-1, value)),
  tanh: Math.tanh,
};

/** One probability a class of a photo's features: what the whole model answers, up to rounding. */
export function applyHead({ layers, beta }: Head, features: Float32Array): Float32Array {
  const logits = layers.reduce(applyLayer, features);
  const highest = logits.reduce((high, logit) => Math.max(high, logit), Number.NEGATIVE_INFINITY);
  // Less the highest, or a large logit would overflow.
  const powers = logits.map((logit) => Math.exp(beta * (logit - highest)));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function applyLayer(
  values: Float32Array,
  { inputs, outputs, kernel, bias, activation }: HeadLayer,
): Float32Array {
  const answer = new Float32Array(outputs);
  const finish = activate[activation];
  for (let out = 0, at = 0; out < outputs; out += 1) {
    let sum = bias[out] ?? 0;
    for (let i = 0; i < inputs; i += 1, at += 1) sum += (kernel[at] ?? 0) * (values[i] ?? 0);
    answer[out] = finish(sum);
  }
  return answer;
}
