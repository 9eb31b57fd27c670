import { z } from 'zod';

/**
 * Facts of a pretrained feature extractor, read from `resources/backbones/NAME.json` beside its
 * `.tflite`. Input is one RGB picture [1, size, size, 3] float32, output [1, featureWidth].
 */
export const backboneSchema = z.object({
  name: z.string(),
  title: z.string(),
  file: z.string(),
  bytes: z.int().positive(),
  sha256: z.string().length(64),
  inputSize: z.int().positive(),
  featureWidth: z.int().positive(),
  mean: z.tuple([z.number(), z.number(), z.number()]),
  std: z.tuple([z.number(), z.number(), z.number()]),
  cropFraction: z.number().positive().max(1),
  trainedOn: z.string(),
  license: z.string(),
  copyright: z.string(),
});
export type Backbone = z.infer<typeof backboneSchema>;
