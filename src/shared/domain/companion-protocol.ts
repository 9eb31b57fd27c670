import { z } from 'zod';
import { precisionSchema } from './model';
import { preprocessingSchema } from './preprocessing';

/**
 * What the studio and an app on a phone say to each other, as files in one folder; described for app
 * developers in docs/companion-protocol.md. Unknown fields are ignored; a newer major version is
 * refused; a minor version only adds.
 */
export const companionProtocol = { major: 1, minor: 0 } as const;

/** Our own app, and the folder in which it looks. */
export const companionApp = { appId: 'studio.pocketlens.companion', folder: 'models' } as const;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const versionSchema = z.object({ major: z.int().positive(), minor: z.int().nonnegative() });
/** Relative, forward slashes, never upward. */
const fileSchema = z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[\w./-]+$/);

const header = { protocol: versionSchema };

/** `manifest.json`: written last, so that everything it names is there. */
export const companionManifestSchema = z.object({
  ...header,
  createdAt: z.iso.datetime(),
  project: z.object({ name: z.string() }),
  /** The one to run, by hash; the others may be switched to. */
  active: sha256Schema,
  models: z
    .array(
      z.object({
        sha256: sha256Schema,
        /** `<sha256>.tflite` */
        file: fileSchema,
        /** `<sha256>.json` */
        contract: fileSchema,
        name: z.string(),
        precision: precisionSchema,
        bytes: z.int().positive(),
      }),
    )
    .min(1),
  /** The request that is to be answered before anything else. */
  check: fileSchema.optional(),
});
export type CompanionManifest = z.infer<typeof companionManifestSchema>;

/** `<sha256>.json`: all that an app needs to know about a model. */
export const companionContractSchema = z.object({
  ...header,
  sha256: sha256Schema,
  name: z.string(),
  precision: precisionSchema,
  preprocessing: preprocessingSchema,
});
export type CompanionContract = z.infer<typeof companionContractSchema>;

const askedPhotoSchema = z.object({ file: fileSchema, sha256: sha256Schema });

/** `golden/<model sha256>.json`: what the desktop answered; photos lie beside it as they were. */
export const companionGoldenSchema = z.object({
  ...header,
  sha256: sha256Schema,
  /** Largest difference of a probability that counts as the same answer. */
  bound: z.number().positive().max(1),
  runtime: z.string(),
  photos: z
    .array(askedPhotoSchema.extend({ expected: z.array(z.number().min(0).max(1)).min(1) }))
    .min(1),
});
export type CompanionGolden = z.infer<typeof companionGoldenSchema>;

/** `requests/<id>.json`: these photos with these models, please. */
export const companionRequestSchema = z.object({
  ...header,
  id: z.string().regex(/^[\w-]+$/),
  models: z.array(sha256Schema).min(1),
  photos: z.array(askedPhotoSchema).min(1),
});
export type CompanionRequest = z.infer<typeof companionRequestSchema>;

/** How warm a phone is, in iOS's words; Android's seven steps are told as these four. */
export const thermalStateSchema = z.enum(['nominal', 'fair', 'serious', 'critical']);
export type ThermalState = z.infer<typeof thermalStateSchema>;

/** `results/<id>.json`, by the phone. */
export const companionResultSchema = z.object({
  ...header,
  /** Of the request. */
  id: z.string(),
  at: z.iso.datetime(),
  runs: z.array(
    z.object({
      model: sha256Schema,
      runtime: z.string(),
      delegate: z.string().optional(),
      /** Of single inferences, in milliseconds. */
      latencyMs: z.object({ p50: z.number().nonnegative(), p95: z.number().nonnegative() }),
      memoryBytes: z.int().nonnegative().optional(),
      /** Of the battery on Android; iPhones tell no degrees. */
      temperatureCelsius: z.number().optional(),
      thermalState: thermalStateSchema.optional(),
      /** One a photo asked for; without probabilities where it could not be read. */
      answers: z.array(
        z.object({
          photo: sha256Schema,
          probabilities: z.array(z.number().min(0).max(1)).optional(),
          problem: z.string().optional(),
        }),
      ),
      /** Why there are no answers: the file is broken, its hash is another one. */
      problem: z.string().optional(),
    }),
  ),
});
export type CompanionResult = z.infer<typeof companionResultSchema>;

/** `checks/<id>.json`: what the studio made of `results/<id>.json`; an app may show it. */
export const companionCheckSchema = z.object({
  ...header,
  /** Of the request. */
  id: z.string(),
  outcomes: z.array(
    z.object({
      model: sha256Schema,
      outcome: z.enum(['same', 'different', 'failed']),
      /** Largest difference of a probability. */
      largestDifference: z.number().min(0).max(1).optional(),
      /** Mistakes in preparing photos that give just these answers, the likeliest first. */
      mistakes: z.array(z.object({ name: z.string(), remedy: z.string() })),
    }),
  ),
});
export type CompanionCheck = z.infer<typeof companionCheckSchema>;

/** `feedback/<id>.json`, by the phone, with the photo beside it. */
export const companionFeedbackSchema = z.object({
  ...header,
  photo: askedPhotoSchema,
  at: z.iso.datetime(),
  model: sha256Schema.optional(),
  /** What the model said, and what the person said. */
  answered: z.string().optional(),
  /** Of what the model said, 0..1. */
  probability: z.number().min(0).max(1).optional(),
  label: z.string().optional(),
});
export type CompanionFeedback = z.infer<typeof companionFeedbackSchema>;

/** `status.json`, by the phone: what it runs and what it is busy with. */
export const companionStatusSchema = z.object({
  ...header,
  at: z.iso.datetime(),
  app: z.object({ name: z.string(), version: z.string() }),
  state: z.enum(['idle', 'working', 'failed']),
  running: sha256Schema.optional(),
  problem: z.string().optional(),
});
export type CompanionStatus = z.infer<typeof companionStatusSchema>;

/** What a file of the other side holds: the message, or why it can't be used. */
export type CompanionReading<Message> =
  | { message: Message; problem?: undefined }
  | { problem: 'newer' | 'broken' };

/** @param text UTF-8 JSON. */
export function readCompanionMessage<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
): CompanionReading<z.output<Schema>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'broken' };
  }
  const version = z.object(header).safeParse(value);
  if (!version.success) return { problem: 'broken' };
  if (version.data.protocol.major > companionProtocol.major) return { problem: 'newer' };
  const parsed = schema.safeParse(value);
  return parsed.success ? { message: parsed.data } : { problem: 'broken' };
}
