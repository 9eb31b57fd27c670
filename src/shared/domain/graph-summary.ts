import { z } from 'zod';
import { graphChangeSchema, precisionSchema } from './model';

/** The smallest and the largest of some numbers. */
const rangeSchema = z.object({ least: z.number(), most: z.number() });

const graphTensorSchema = z.object({
  name: z.string(),
  /** Row-major; empty for a scalar, -1 for a size that is open. */
  shape: z.array(z.int()),
  /** As TFLite names it, in lower case. */
  type: z.string(),
  /** 'state': none of those before; a variable that the file keeps between inferences. */
  origin: z.enum(['input', 'constant', 'operator', 'state']),
  /** Number of the operator that computes it. */
  from: z.int().positive().optional(),
  /** Stored bytes of a constant. */
  bytes: z.int().nonnegative().optional(),
  /** real = scale * (stored - zeroPoint). */
  quantization: z
    .object({
      /** 1 for the whole tensor, else one a channel of `axis`. */
      scales: z.int().positive(),
      axis: z.int(),
      scale: rangeSchema,
      zeroPoint: rangeSchema,
    })
    .optional(),
});
export type GraphTensor = z.infer<typeof graphTensorSchema>;

const graphOperatorSchema = z.object({
  /** From 1, in the order of the file. */
  number: z.int().positive(),
  /** As TFLite names it; a custom operator by its own name. */
  kind: z.string(),
  /** Name of its first output: TFLite stores none for operators. */
  name: z.string(),
  /** Without those that are optional and absent. */
  inputs: z.array(graphTensorSchema),
  outputs: z.array(graphTensorSchema),
  /** Of its constant inputs. In a float16 file these are the inputs of DEQUANTIZE. */
  weightBytes: z.int().nonnegative(),
  /** Of one inference; absent where they can't be counted. */
  multiplyAdds: z.int().nonnegative().optional(),
  /** Fused into it: 'relu6' …; absent for none. */
  activation: z.string().optional(),
  /**
   * Numbers of operators that it takes values from beside the one just before it: residual
   * connections and branches. Operators that work on constants alone are passed over.
   */
  branches: z.array(z.int().positive()),
  /** Why the studio can't compute with it. */
  obstacle: z.string().optional(),
});
export type GraphOperator = z.infer<typeof graphOperatorSchema>;

/** What a `.tflite` file computes: its first graph, operator by operator. */
export const graphSummarySchema = z.object({
  /** Of the file. */
  bytes: z.int().positive(),
  sha256: z.string().length(64),
  description: z.string(),
  /** Where the studio can read the whole file. */
  precision: precisionSchema.optional(),
  inputs: z.array(graphTensorSchema),
  outputs: z.array(graphTensorSchema),
  operators: z.array(graphOperatorSchema),
  totals: z.object({
    /** A constant that several operators share counts once. */
    weightBytes: z.int().nonnegative(),
    /** Of the operators that could be counted. */
    multiplyAdds: z.number().nonnegative(),
    /** Operators whose multiply-adds could not be counted. */
    uncounted: z.int().nonnegative(),
  }),
  /** What the studio would remove or fuse when the file is imported. */
  changes: z.array(graphChangeSchema),
  /** Why the studio can't use the file, naming the first operator or field in the way. */
  obstacle: z.string().optional(),
});
export type GraphSummary = z.infer<typeof graphSummarySchema>;
