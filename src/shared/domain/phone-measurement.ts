import { z } from 'zod';
import { intervalSchema } from './comparison';
import { topAnswer } from './comparison-math';
import { type CompanionResult, thermalStateSchema } from './companion-protocol';
import { deviceIdSchema } from './device';
import { modelIdSchema, precisionSchema } from './model';
import { provenanceSchema } from './provenance';
import { wilsonInterval } from './statistics';

/** Enough for an interval that says something, few enough to be sent and answered in a minute or two. */
export const measuredPhotos = { least: 1, default: 60, most: 200 } as const;

/** What a phone said of test photos with one model; only ever shown as measured on that phone. */
export const phoneFiguresSchema = z.object({
  modelId: modelIdSchema,
  name: z.string(),
  precision: precisionSchema,
  /** Photos that the phone answered, of those that it was asked for and this computer answers, too. */
  total: z.int().nonnegative(),
  unanswered: z.int().nonnegative(),
  correct: z.int().nonnegative(),
  /** correct / total, and its 95 % interval (Wilson). Absent without answers, as all below. */
  top1: z.number().min(0).max(1).optional(),
  top1Interval: intervalSchema.optional(),
  /** Photos that this computer gives the same first answer, and the same that this computer has right. */
  sameAsDesktop: z.int().nonnegative(),
  correctOnDesktop: z.int().nonnegative(),
  /** Largest difference of a probability from this computer's. */
  largestDifference: z.number().min(0).max(1).optional(),
  /** Of single inferences as the app times them. */
  latencyMs: z.object({ p50: z.number(), p95: z.number() }).optional(),
  memoryBytes: z.int().nonnegative().optional(),
  temperatureCelsius: z.number().optional(),
  thermalState: thermalStateSchema.optional(),
  /** Why the phone has no answers. */
  problem: z.string().optional(),
  provenance: provenanceSchema,
});
export type PhoneFigures = z.infer<typeof phoneFiguresSchema>;

export const phoneMeasurementSchema = z.object({
  id: z.string().regex(/^measurement-\d+$/),
  deviceId: deviceIdSchema,
  deviceName: z.string(),
  /** When the phone answered, by this computer's clock. */
  at: z.iso.datetime(),
  versionId: z.string(),
  /** Test photos that the phone was asked for. */
  photos: z.int().positive(),
  models: z.array(phoneFiguresSchema).min(1),
});
export type PhoneMeasurement = z.infer<typeof phoneMeasurementSchema>;

/** A photo that a phone was asked for: what it shows, and what this computer answers. */
export interface AskedPhoto {
  sha256: string;
  truth: number;
  expected: ArrayLike<number>;
}

export type PhoneScore = Omit<PhoneFigures, 'modelId' | 'name' | 'precision' | 'provenance'>;

/**
 * What the answers of one model are worth. Answers to photos that were not asked for, and those with
 * another number of labels, count for nothing; a photo that is answered twice counts once.
 * @param run absent: the app has none of this model.
 */
export function scorePhone(
  run: CompanionResult['runs'][number] | undefined,
  asked: readonly AskedPhoto[],
): PhoneScore {
  const answers = new Map(run?.answers.map(({ photo, probabilities }) => [photo, probabilities]));
  const answered = asked.flatMap(({ sha256, truth, expected }) => {
    const said = answers.get(sha256);
    return said?.length === expected.length ? [{ truth, expected, said }] : [];
  });
  const total = answered.length;
  const count = (is: (photo: (typeof answered)[number]) => boolean) => answered.filter(is).length;
  const correct = count(({ truth, said }) => topAnswer(said) === truth);
  const problem =
    run === undefined
      ? 'The app has no answers for this model.'
      : (run.problem ?? (total === 0 ? 'The app answered none of the photos.' : undefined));
  return {
    total,
    unanswered: asked.length - total,
    correct,
    sameAsDesktop: count(({ expected, said }) => topAnswer(said) === topAnswer(expected)),
    correctOnDesktop: count(({ truth, expected }) => topAnswer(expected) === truth),
    ...(problem === undefined ? {} : { problem }),
    ...(run === undefined || total === 0
      ? {}
      : {
          top1: correct / total,
          top1Interval: wilsonInterval(correct, total),
          largestDifference: Math.max(...answered.map(differenceOf)),
          latencyMs: run.latencyMs,
          ...(run.memoryBytes === undefined ? {} : { memoryBytes: run.memoryBytes }),
          ...(run.temperatureCelsius === undefined
            ? {}
            : { temperatureCelsius: run.temperatureCelsius }),
          ...(run.thermalState === undefined ? {} : { thermalState: run.thermalState }),
        }),
  };
}

function differenceOf({
  expected,
  said,
}: {
  expected: ArrayLike<number>;
  said: readonly number[];
}) {
  return Math.max(...said.map((value, label) => Math.abs(value - (expected[label] ?? 0))));
}

/** What a measurement of a model on a phone says, newest first: one a phone. */
export function newestOnPhones(
  measurements: readonly PhoneMeasurement[],
  modelId: string,
): { measurement: PhoneMeasurement; figures: PhoneFigures }[] {
  const seen = new Set<string>();
  return measurements.flatMap((measurement) => {
    const figures = measurement.models.find((model) => model.modelId === modelId);
    if (!figures || seen.has(measurement.deviceId)) return [];
    seen.add(measurement.deviceId);
    return [{ measurement, figures }];
  });
}
