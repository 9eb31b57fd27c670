import { z } from 'zod';
import { deviceIdSchema } from './device';
import { labelIdSchema } from './label';
import { photoIdSchema } from './photo';

export const correctionIdSchema = z.string().regex(/^correction-\d{1,15}$/);
export type CorrectionId = z.infer<typeof correctionIdSchema>;

/** 'new': nobody has decided yet. */
export const correctionStates = ['new', 'accepted', 'dismissed'] as const;
export const correctionStateSchema = z.enum(correctionStates);
export type CorrectionState = z.infer<typeof correctionStateSchema>;

/** So long a dismissed correction can be brought back; then its photo is removed with it. */
export const dismissedKeptDays = 30;

/** Larger photos of phones are refused: a camera's JPEG or HEIC has a tenth of it. */
export const largestCorrectionBytes = 32 * 1024 * 1024;

/** What the model answered for the photo; absent where it was only collected. */
export const modelAnswerSchema = z.object({
  label: z.string().min(1).max(80),
  /** 0..1; apps that do not tell it leave it out. */
  probability: z.number().min(0).max(1).optional(),
});

/** Who sent it: a phone of the studio's, or a browser on one. */
export const correctionSourceSchema = z.object({
  /** `browser:…` for a paired browser; the same one has the same id whenever it comes back. */
  id: z.union([deviceIdSchema, z.string().regex(/^browser:.+$/)]),
  /** For people: "Pixel 8". */
  name: z.string().min(1).max(120),
});
export type CorrectionSource = z.infer<typeof correctionSourceSchema>;

/** What is stored of a photo that a person corrected, or collected, with a companion. */
export const correctionRecordSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: z.string(),
  bytes: z.int().positive(),
  /** Pixels after EXIF orientation. */
  width: z.int().positive(),
  height: z.int().positive(),
  answered: modelAnswerSchema.optional(),
  /** What the person said it is; absent: only that the answer is wrong. */
  said: z.string().min(1).max(80).optional(),
  /** The model that answered. Its name is that of the library when the correction came. */
  model: z.object({ sha256: z.string(), name: z.string().optional() }).optional(),
  device: correctionSourceSchema,
  /** By the phone's clock. */
  at: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
});
export type CorrectionRecord = z.infer<typeof correctionRecordSchema>;

export const correctionSchema = correctionRecordSchema.extend({
  id: correctionIdSchema,
  state: correctionStateSchema,
  /** The project's label that the person named; absent: it has no such label. */
  labelId: labelIdSchema.optional(),
  /** The photo of the project with these bytes, once there is one, and its label now. */
  photo: z.object({ id: photoIdSchema, labelId: labelIdSchema.optional() }).optional(),
});
export type Correction = z.infer<typeof correctionSchema>;
