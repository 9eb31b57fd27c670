import { z } from 'zod';
import { baseLicense, baseSourceSchema } from './base-source';
import { graphChangeSchema, importedRecordSchema } from './model';
import type { PixelRecipe, Preprocessing } from './preprocessing';

/** Of a base that a person opened: what became of the file, and what holds the one to the other. */
export const openedBaseSchema = baseSourceSchema.extend({
  at: z.iso.datetime(),
  /** What proved it. */
  runtime: z.string(),
  changes: z.array(graphChangeSchema),
  /**
   * The features, with what was cut off put behind them again, against the file: the largest difference
   * of an answer, as a share of the largest answer where that is above 1.
   */
  proof: importedRecordSchema.shape.proof,
});

/**
 * Facts of a pretrained feature extractor, read from `resources/backbones/NAME.json` beside its
 * `.tflite`, or from `bases/` of a project. Input is one RGB picture [1, size, size, 3] float32, output
 * [1, featureWidth].
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
  /** Empty where nobody knows. */
  license: z.string(),
  copyright: z.string(),
  /** Absent: it came with the program. */
  opened: openedBaseSchema.optional(),
});
export type Backbone = z.infer<typeof backboneSchema>;

/** What a model that is built on it says of its weights. */
export function backboneLicense({ license, copyright, opened }: Backbone): string {
  return opened ? baseLicense(opened) : `Pretrained weights: ${license}, ${copyright}`;
}

/** The pixels a backbone wants, by the rule all of them were converted and checked with. */
export function backboneRecipe({ inputSize, cropFraction }: Backbone): PixelRecipe {
  return {
    version: 1,
    width: inputSize,
    height: inputSize,
    channelOrder: 'RGB',
    cropFraction,
    resize: 'bicubic-antialiased',
    background: [255, 255, 255],
  };
}

/** The contract of a float32 classifier made of a backbone and a head with these labels. */
export function backbonePreprocessing(backbone: Backbone, labels: string[]): Preprocessing {
  return {
    ...backboneRecipe(backbone),
    mean: backbone.mean,
    std: backbone.std,
    input: { type: 'float32' },
    output: { type: 'float32' },
    labels,
  };
}
