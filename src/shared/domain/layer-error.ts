import { z } from 'zod';

/** Equal parts of a tensor's range that its values are counted in. */
export const rangeParts = 30;

/** How far one tensor of a quantized model strays from the float model's, over some photos. */
export const layerErrorSchema = z.object({
  name: z.string(),
  /** The operator that computes it, as TFLite names it. */
  operator: z.string(),
  /**
   * Decibels: 10 log10(sum of squared values / sum of squared errors), at most 140. At 20 the error
   * is a tenth of the values, at 40 a hundredth.
   */
  signalToNoise: z.number().max(140),
  /**
   * Share of the noise that came in here, 0..1: the rest came with the inputs. Where it is high, keeping
   * the layer in float helps; elsewhere the cause lies before it.
   */
  added: z.number().min(0).max(1),
  /** Share of the float model's values that the range of the tensor cannot hold, 0..1. */
  clipped: z.number().min(0).max(1),
  /**
   * Where the float model's values lie in that range, as shares of all: below it, in `rangeParts` equal parts
   * of it, above it. Absent of a tensor that is not stored as integers, which has no range.
   */
  histogram: z
    .array(z.number().min(0).max(1))
    .length(rangeParts + 2)
    .optional(),
});
export type LayerError = z.infer<typeof layerErrorSchema>;

/**
 * Names of the tensors whose rounding costs most, worst first: noise that came in there and weighs much.
 */
export function worstRounded(layers: readonly LayerError[], count: number): string[] {
  const cost = ({ signalToNoise, added }: LayerError) => added * 10 ** (-signalToNoise / 10);
  return [...layers]
    .filter((layer) => cost(layer) > 0)
    .sort((a, b) => cost(b) - cost(a))
    .slice(0, count)
    .map(({ name }) => name);
}
