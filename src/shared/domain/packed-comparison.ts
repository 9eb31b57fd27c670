import { z } from 'zod';
import { type Comparison, comparisonSchema, type PhotoAnswer } from './comparison';
import { packNumbers, unpackBytes } from './packed-numbers';

/**
 * Every answer of a comparison as a few long texts (base64 of little-endian numbers): of 10,000 photos there are
 * hundreds of thousands of numbers, which take longer to read and check one by one than anybody waits for.
 */
const packedAnswersSchema = z.object({
  /** Uint32, one a photo. */
  photoIds: z.string(),
  /** Uint32, one a photo. */
  truths: z.string(),
  /** Float64; photos, of each its models, of each its labels. */
  probabilities: z.string(),
});

/** A comparison as it is stored, and as it is sent to whoever shows it. */
export const packedComparisonSchema = comparisonSchema
  .omit({ answers: true })
  .extend({ answers: packedAnswersSchema });
export type PackedComparison = z.infer<typeof packedComparisonSchema>;

export function packComparison({ answers, ...rest }: Comparison): PackedComparison {
  const width = rest.models.length * rest.labels.length;
  const probabilities = new Float64Array(answers.length * width);
  answers.forEach((answer, photo) => {
    answer.probabilities.forEach((row, model) => {
      probabilities.set(row, photo * width + model * rest.labels.length);
    });
  });
  return {
    ...rest,
    answers: {
      photoIds: packNumbers(Uint32Array.from(answers, ({ photoId }) => photoId)),
      truths: packNumbers(Uint32Array.from(answers, ({ truth }) => truth)),
      probabilities: packNumbers(probabilities),
    },
  };
}

/**
 * @param decode base64 to bytes; a host's own way may be faster.
 * @throws RangeError when the texts do not hold as many numbers as photos, models and labels ask for.
 */
export function unpackComparison(
  { answers: packed, ...rest }: PackedComparison,
  decode: (text: string) => Uint8Array<ArrayBuffer> = unpackBytes,
): Comparison {
  const photoIds = new Uint32Array(decode(packed.photoIds).buffer);
  const truths = new Uint32Array(decode(packed.truths).buffer);
  const probabilities = new Float64Array(decode(packed.probabilities).buffer);
  const [models, labels] = [rest.models.length, rest.labels.length];
  if (
    truths.length !== photoIds.length ||
    probabilities.length !== truths.length * models * labels
  ) {
    throw new RangeError(`The answers of ${rest.id} are not complete`);
  }
  // Plain loops: copies of tens of thousands of short views take ten times as long.
  const answers: PhotoAnswer[] = [];
  let at = 0;
  for (let photo = 0; photo < photoIds.length; photo += 1) {
    const rows: number[][] = [];
    for (let model = 0; model < models; model += 1) {
      const row: number[] = [];
      for (let label = 0; label < labels; label += 1) row.push(probabilities[at + label] ?? 0);
      at += labels;
      rows.push(row);
    }
    answers.push({ photoId: photoIds[photo] ?? 0, truth: truths[photo] ?? 0, probabilities: rows });
  }
  return { ...rest, answers };
}
