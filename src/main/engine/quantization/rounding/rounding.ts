import type { Operator } from '../../graph/graph';
import { nearestWeight } from '../quantize-value';

/** A convolution or dense layer whose weights are about to become integers. */
export interface LayerToRound {
  operator: Operator;
  /** The float weights, in the order of the stored ones. */
  values: Float32Array;
  shape: readonly number[];
  /** Steps of the stored weights: one an output channel, or one for all. */
  scales: readonly number[];
}

/** The stored weights of a layer; undefined: each the nearest. */
export type Rounding = (layer: LayerToRound) => Int8Array | undefined;

/** Which layer it is, also where a pass put another operator in its place. */
const keyOf = ({ outputs }: Operator): number => outputs[0] ?? -1;

/** The layers that `quantize` rounds, with the scales it chose; its own result is thrown away. */
export function layersToRound(quantize: (rounding: Rounding) => unknown): LayerToRound[] {
  const found = new Map<number, LayerToRound>();
  quantize((layer) => {
    found.set(keyOf(layer.operator), layer);
    return undefined;
  });
  return [...found.values()];
}

/** Weights that were chosen for a layer, and the steps they were chosen for. */
export interface RoundedWeights {
  layer: LayerToRound;
  stored: Int8Array;
  /** The output channel of the weight at `index`. */
  outputOf(index: number): number;
}

/**
 * Hands chosen weights out. A channel that has another scale by now (a corrected bias may need a coarser
 * one) gets the nearest ones.
 */
export function roundingFrom(chosen: readonly RoundedWeights[]): Rounding {
  const known = new Map(chosen.map((weights) => [keyOf(weights.layer.operator), weights]));
  return ({ operator, values, scales }) => {
    const weights = known.get(keyOf(operator));
    if (!weights || weights.stored.length !== values.length) return undefined;
    return weights.stored.map((stored, index) => {
      const output = weights.outputOf(index);
      const scale = scaleOf(scales, output);
      return scale === scaleOf(weights.layer.scales, output)
        ? stored
        : nearestWeight(values[index] ?? 0, scale);
    });
  };
}

export const scaleOf = (scales: readonly number[], output: number): number =>
  scales[scales.length === 1 ? 0 : output] ?? 1;
