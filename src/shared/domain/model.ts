import { z } from 'zod';
import { baseSourceSchema } from './base-source';
import { quantizationGainsSchema } from './quantization-gains';
import { fineTuningSchema } from './fine-tuning';
import { preprocessingSchema } from './preprocessing';
import { provenanceSchema } from './provenance';
import { versionIdSchema } from './dataset-version';

/** `model-1`, `model-2` …; also the stem of its files in `models/`. */
export const modelIdSchema = z.string().regex(/^model-\d+$/);
export type ModelId = z.infer<typeof modelIdSchema>;

/**
 * What a file computes in. 'int8-weights' stores weights in int8 and computes in float32;
 * 'dynamic-range' quantizes the inputs of its layers while it runs; 'int16x8' has int16 activations
 * and int8 weights.
 */
export const precisionSchema = z.enum([
  'float32',
  'float16',
  'int8-weights',
  'dynamic-range',
  'int16x8',
  'int8',
]);
export type Precision = z.infer<typeof precisionSchema>;

export const ioTypeSchema = z.enum(['float32', 'uint8', 'int8']);
export type IoType = z.infer<typeof ioTypeSchema>;

/** One thing a graph pass did, in words a person can check. */
export const graphChangeSchema = z.object({
  /** "strip-dropout", "fuse-activation" … */
  pass: z.string(),
  /** "Removed DROPOUT head/dropout (rate 0.2): the identity at inference". */
  description: z.string(),
});
export type GraphChange = z.infer<typeof graphChangeSchema>;

export const trainingSettingsSchema = z.object({
  backbone: z.string().default('efficientnet-lite0'),
  epochs: z.int().min(1).max(1000).default(60),
  batchSize: z.int().min(1).max(1024).default(32),
  /** Adam's step size. */
  learningRate: z.number().positive().max(1).default(0.005),
  /** Share of features dropped at random in training, 0 for none. */
  dropout: z.number().min(0).max(0.9).default(0.2),
  /** Units of a ReLU layer between features and softmax; 0 for none. */
  hiddenUnits: z.int().min(0).max(2048).default(0),
  labelSmoothing: z.number().min(0).max(0.5).default(0.05),
  /** Weigh each class by the inverse of its share, so that rare ones count as much. */
  balanceClasses: z.boolean().default(true),
  /** Train on mirrored views too. */
  mirror: z.boolean().default(false),
  /** Stop after this many epochs without a better validation loss; 0 never stops early. */
  patience: z.int().min(0).max(1000).default(12),
  seed: z.int().min(0).max(0x7fffffff).default(1),
  /** Train the last blocks of the backbone, too, once the head is trained; absent: the head alone. */
  fineTuning: fineTuningSchema.optional(),
});
export type TrainingSettings = z.infer<typeof trainingSettingsSchema>;

/** Losses are mean cross-entropy (nats) of the labels as given; accuracies are 0..1. */
export const epochRecordSchema = z.object({
  epoch: z.int().positive(),
  trainLoss: z.number(),
  trainAccuracy: z.number().min(0).max(1),
  validationLoss: z.number(),
  validationAccuracy: z.number().min(0).max(1),
  /**
   * Of validation photos changed as training photos are, twice each and the same way in every epoch;
   * only while fine-tuning changes photos. What is kept is then chosen by this loss, which is the least
   * that any scaling of the logits gives: photos as they are are often all right long before.
   */
  viewLoss: z.number().optional(),
  viewAccuracy: z.number().min(0).max(1).optional(),
});
export type EpochRecord = z.infer<typeof epochRecordSchema>;

export const fineTuningRecordSchema = z.object({
  /** Epochs that the head alone was trained for; they come first. */
  headEpochs: z.int().nonnegative(),
  /** Weights and biases of backbone and head that were trained. */
  weights: z.int().positive(),
  /** How often the training was gone on with after it had ended early. */
  resumed: z.int().nonnegative(),
});
export type FineTuningRecord = z.infer<typeof fineTuningRecordSchema>;

export const trainingRecordSchema = z.object({
  settings: trainingSettingsSchema,
  /** "tfjs-node", "tfjs WebAssembly" or "tfjs JavaScript", with its version. */
  engine: z.string(),
  epochs: z.array(epochRecordSchema),
  /** The epoch whose weights were kept. */
  bestEpoch: z.int().positive(),
  stopped: z.enum(['finished', 'early', 'by-user']),
  fineTuning: fineTuningRecordSchema.optional(),
  seconds: z.number().nonnegative(),
  counts: z.object({
    train: z.int(),
    validation: z.int(),
    test: z.int(),
  }),
  /**
   * Of the kept weights, on the whole split. Measured with the trainer on the features that LiteRT
   * computed; `check` is what holds the written file to the trainer's answers.
   */
  accuracy: z.object({ train: z.number(), validation: z.number() }),
  changes: z.array(graphChangeSchema),
  /**
   * LiteRT's answers, from the written file and the pixels on, against the trainer's: the largest
   * difference of a probability on `photos` photos of the training and validation split.
   */
  check: z.object({ photos: z.int(), largestDifference: z.number() }),
});
export type TrainingRecord = z.infer<typeof trainingRecordSchema>;

/**
 * Which training photos ranges are measured on: equally many a label, drawn at random, those that differ
 * most from one another by their features, or those that the float model is least sure of.
 */
export const calibrationChoiceSchema = z.enum(['balanced', 'random', 'diverse', 'hard']);
export type CalibrationChoice = z.infer<typeof calibrationChoiceSchema>;

/** How the range of a tensor follows from the values that calibration photos gave it. */
export const rangeRuleSchema = z.enum(['min-max', 'percentile', 'mse', 'kl']);
export type RangeRule = z.infer<typeof rangeRuleSchema>;

/** Training for int8: weights learn to be rounded. */
export const awareTrainingSchema = z.object({
  /** Last blocks of the backbone that are trained with the head; 0: the head alone. */
  blocks: z.int().min(0).max(100).default(0),
  epochs: z.int().min(1).max(500).default(10),
  /** Adam's step size at its highest. */
  learningRate: z.number().positive().max(0.1).default(0.0002),
  seed: z.int().nonnegative().default(1),
});
export type AwareTraining = z.infer<typeof awareTrainingSchema>;

export const quantizationSettingsSchema = z.object({
  precision: precisionSchema.exclude(['float32']).default('int8'),
  /** Type of the input and output tensor; all but int8 files have float32. */
  io: ioTypeSchema.default('uint8'),
  calibration: z
    .object({
      count: z.int().min(1).max(2000).default(100),
      choice: calibrationChoiceSchema.default('balanced'),
      ranges: rangeRuleSchema.default('min-max'),
      seed: z.int().nonnegative().default(1),
    })
    .prefault({}),
  /** Takes from the biases what rounding weights to int8 added on average. */
  biasCorrection: z.boolean().default(true),
  /** Makes channels alike that are small beside others of an int8 activation, before ranges are measured. */
  equalization: z.boolean().default(false),
  /** Rounds weights up or down so that their errors cancel out on calibration photos. */
  roundingSearch: z.boolean().default(false),
  /**
   * Names of tensors that an int8 model does not round: what computes and what reads each of them stays
   * in float32.
   */
  keepFloat: z.array(z.string().min(1)).max(500).default([]),
  /** Trains an int8 model for its rounding; absent: weights are rounded as they are. */
  aware: awareTrainingSchema.optional(),
});
export type QuantizationSettings = z.infer<typeof quantizationSettingsSchema>;

/**
 * Whether calibration photos are looked at: for ranges of values, for their means or for what layers see.
 * float16 needs nothing of it.
 */
export const isCalibrated = ({
  precision,
  biasCorrection,
  roundingSearch,
}: QuantizationSettings): boolean =>
  precision === 'int8' ||
  precision === 'int16x8' ||
  (precision !== 'float16' && (biasCorrection || roundingSearch));

export const awareRecordSchema = z.object({
  engine: z.string(),
  /** Of the training; the first is the start, which is kept when nothing that follows is better. */
  epochs: z.int().positive(),
  bestEpoch: z.int().positive(),
  /** Weights and biases that were trained. */
  weights: z.int().positive(),
  /** Photos of the validation split that both int8 files were judged on, on LiteRT. */
  photos: z.int().positive(),
  /** Shares of them that are right: by rounding alone, and with the training. */
  accuracy: z.object({ plain: z.number(), aware: z.number() }),
});
export type AwareRecord = z.infer<typeof awareRecordSchema>;

export const quantizationRecordSchema = z.object({
  settings: quantizationSettingsSchema,
  aware: awareRecordSchema.optional(),
  /** Photos really used; fewer than asked for when the training split is smaller. */
  calibrationPhotos: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
  changes: z.array(graphChangeSchema),
  /** Against the parent, on photos of the training and validation split. */
  check: z.object({
    photos: z.int(),
    agreement: z.number().min(0).max(1),
    largestDifference: z.number(),
  }),
  /** Absent where no correction was on, no validation photo was there, or it was trained for int8. */
  gains: quantizationGainsSchema.optional(),
});
export type QuantizationRecord = z.infer<typeof quantizationRecordSchema>;

export const importedRecordSchema = z.object({
  fileName: z.string(),
  /** Of the file as it was opened. */
  sha256: z.string().length(64),
  changes: z.array(graphChangeSchema),
  /** The copy in the library against that file: the largest difference of a probability. */
  proof: z.object({
    pictures: z.int().positive(),
    /** Photos of the project; drawn pictures where it had none. */
    of: z.enum(['photos', 'drawn']).default('drawn'),
    largestDifference: z.number(),
  }),
  /** Its labels that the project does not have. */
  leftOut: z.array(z.string()),
});

/** What a person says of a model file that does not say it itself; on the scale 0..255. */
export const statedContractSchema = z.object({
  /** In the order of the file's answers. */
  labels: z.array(z.string().trim().min(1)).min(2).max(10_000).optional(),
  mean: z.number().min(-1000).max(1000).optional(),
  std: z.number().positive().max(1000).optional(),
  /** Share of the short side that is cut out of the middle. */
  cropFraction: z.number().positive().max(1).optional(),
});

export const modelSchema = z.object({
  id: modelIdSchema,
  name: z.string(),
  precision: precisionSchema,
  io: ioTypeSchema,
  bytes: z.int().positive(),
  sha256: z.string().length(64),
  createdAt: z.iso.datetime(),
  /** The float model that a quantized one was made from. */
  parentId: modelIdSchema.optional(),
  versionId: versionIdSchema,
  backbone: z.string(),
  /** Where its backbone comes from, if a person opened that; outlives the backbone. */
  base: baseSourceSchema.optional(),
  preprocessing: preprocessingSchema,
  training: trainingRecordSchema.optional(),
  quantization: quantizationRecordSchema.optional(),
  /** Of a model that was made elsewhere and opened here. */
  imported: importedRecordSchema.optional(),
  provenance: provenanceSchema,
});
export type Model = z.infer<typeof modelSchema>;
