import { z } from 'zod';
import { companionApp } from './companion-protocol';
import { type DeviceId, deviceIdSchema, devicePlaceSchema } from './device';
import { modelIdSchema, precisionSchema } from './model';
import { preprocessingMistakeSchema } from './preprocessing-check';

const fileNameSchema = z
  .string()
  .regex(
    /^(?!\.)[\w .{}-]{1,100}$/,
    'A file name looks like model-{precision}.tflite: at most 100 letters, digits, spaces and . _ - only.',
  );

/** An app, or a folder, that models go to; remembered for each project. */
export const pushTargetSchema = z.object({
  id: z.string().regex(/^(companion|target-\d+)$/),
  name: z
    .string()
    .trim()
    .min(1, 'A target needs a name.')
    .max(60, 'The name of a target has at most 60 letters.'),
  place: devicePlaceSchema,
  /** It reads the manifest and answers golden photos (docs/companion-protocol.md). */
  speaksProtocol: z.boolean(),
  /** What the model is called there; `{precision}` becomes its precision. Not with the protocol. */
  modelFile: fileNameSchema.default('model-{precision}.tflite'),
  /** The labels, one a line; absent: not sent. */
  labelsFile: fileNameSchema.optional(),
});
export type PushTarget = z.infer<typeof pushTargetSchema>;

/** Our own app. */
export const companionTarget: PushTarget = {
  id: 'companion',
  name: 'Pocketlens companion',
  place: { kind: 'app', ...companionApp },
  speaksProtocol: true,
  modelFile: 'model-{precision}.tflite',
};

/** How the phone's answers to golden photos compare with the desktop's. */
export const goldenOutcomeSchema = z.object({
  modelId: modelIdSchema,
  /** 'same': within the bound. */
  outcome: z.enum(['same', 'different', 'failed']),
  /** Largest difference of a probability, and photos with the same first answer. */
  largestDifference: z.number().min(0).max(1).optional(),
  sameAnswers: z.int().nonnegative().optional(),
  /** Mistakes in preparing photos that give just these answers, the likeliest first. */
  mistakes: z.array(preprocessingMistakeSchema),
  /** Why the phone has no answers. */
  problem: z.string().optional(),
  /** What ran it on the phone, and how long an answer took there, in milliseconds. */
  runtime: z.string().optional(),
  latencyMs: z.object({ p50: z.number(), p95: z.number() }).optional(),
});
export type GoldenOutcome = z.infer<typeof goldenOutcomeSchema>;

export const goldenCheckSchema = z.object({
  at: z.iso.datetime(),
  photos: z.int().positive(),
  /** Largest difference of a probability that counts as the same. */
  bound: z.number(),
  outcomes: z.array(goldenOutcomeSchema).min(1),
});
export type GoldenCheck = z.infer<typeof goldenCheckSchema>;

export const deploymentIdSchema = z.string().regex(/^push-\d+$/);
export type DeploymentId = z.infer<typeof deploymentIdSchema>;

export const deploymentSchema = z.object({
  id: deploymentIdSchema,
  deviceId: deviceIdSchema,
  deviceName: z.string(),
  target: pushTargetSchema,
  /** The first one is what the app runs. */
  models: z
    .array(
      z.object({
        modelId: modelIdSchema,
        name: z.string(),
        precision: precisionSchema,
        sha256: z.string(),
        bytes: z.int().positive(),
      }),
    )
    .min(1),
  at: z.iso.datetime(),
  /** The account on this computer. */
  by: z.string(),
  /**
   * 'copied': there and verified by hash; its app answers no golden photos. 'unanswered': the app did
   * not answer in time. 'checked': it answered as the desktop does. 'wrong': it did not.
   */
  state: z.enum(['copied', 'unanswered', 'checked', 'wrong']),
  check: goldenCheckSchema.optional(),
  /** Rolled back to this one. */
  restores: deploymentIdSchema.optional(),
});
export type Deployment = z.infer<typeof deploymentSchema>;

/** What a phone runs now, by target: the newest push to each. @param deployments newest first. */
export function currentDeployments(
  deployments: readonly Deployment[],
  deviceId: DeviceId,
): Deployment[] {
  const seen = new Set<string>();
  return deployments.filter((deployment) => {
    if (deployment.deviceId !== deviceId || seen.has(deployment.target.id)) return false;
    seen.add(deployment.target.id);
    return true;
  });
}

/**
 * What to go back to: the newest push before, of other models. Rolling back twice goes back twice.
 * @param deployments newest first.
 */
export function previousDeployment(
  deployments: readonly Deployment[],
  current: Deployment,
): Deployment | undefined {
  const from = current.restores ?? current.id;
  const others = deployments.filter(
    ({ deviceId, target }) => deviceId === current.deviceId && target.id === current.target.id,
  );
  const before = others.slice(others.findIndex(({ id }) => id === from) + 1);
  const runs = ({ models }: Deployment) => models.map(({ sha256 }) => sha256).join();
  return before.find((deployment) => runs(deployment) !== runs(current));
}
