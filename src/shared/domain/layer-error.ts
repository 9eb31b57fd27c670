import { z } from 'zod';

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
  /** Share of the float model's values that the range of the tensor cannot hold, 0..1. */
  clipped: z.number().min(0).max(1),
});
export type LayerError = z.infer<typeof layerErrorSchema>;
