import { z } from 'zod';
import { type Interval, intervalSchema, type PhotoAnswer } from './comparison';
import { topAnswer } from './comparison-math';
import { wilsonInterval } from './statistics';

/** What photos are parted by: where they came from, and how they look. */
export const sliceDimensionSchema = z.enum(['import', 'day', 'camera', 'brightness', 'sharpness']);
export type SliceDimension = z.infer<typeof sliceDimensionSchema>;

export const sliceSchema = z.object({
  /**
   * When it was imported, the day it was taken, the camera; '' where that is not known. Of brightness and
   * sharpness 'low', 'middle' or 'high': thirds of the photos that were compared.
   */
  value: z.string(),
  photos: z.int().positive(),
  /** In the order of the comparison's models. */
  models: z.array(
    z.object({
      correct: z.int().nonnegative(),
      top1: z.number().min(0).max(1),
      /** Wilson, 95 %. */
      interval: intervalSchema,
    }),
  ),
});
export type Slice = z.infer<typeof sliceSchema>;

export const slicesSchema = z.object({
  dimension: sliceDimensionSchema,
  /** Those with the least accuracy first, at most `mostSlices`. */
  slices: z.array(sliceSchema),
  /** Slices beyond these. */
  more: z.int().nonnegative(),
});
export type Slices = z.infer<typeof slicesSchema>;

const mostSlices = 12;

/** What is known of a photo. */
export interface SlicedPhoto {
  import: string;
  day: string;
  camera: string;
  /** As in PhotoFacts. */
  brightness: number;
  sharpness: number;
}

/**
 * Accuracy of each model on parts of the photos. A dimension that does not part them is left out.
 * @param photos by id; answers to photos that are not among them are left out.
 */
export function sliceAnswers(
  answers: readonly PhotoAnswer[],
  photos: ReadonlyMap<number, SlicedPhoto>,
): Slices[] {
  const known = knownOf(answers, photos);
  const partOf = partsOf(known);
  // Told once, as each photo is in a part of every dimension.
  const outcomes = new Map(
    known.map(({ answer }) => [
      answer,
      answer.probabilities.map((row) => topAnswer(row) === answer.truth),
    ]),
  );
  return sliceDimensionSchema.options.flatMap((dimension) => {
    const parts = new Map<string, Outcome[]>();
    for (const { answer, photo } of known) {
      const value = partOf(dimension, photo);
      const outcome = outcomes.get(answer) ?? [];
      const part = parts.get(value);
      if (part) part.push(outcome);
      else parts.set(value, [outcome]);
    }
    if (parts.size < 2) return [];
    const slices = [...parts]
      .map(([value, own]) => sliceOf(value, own))
      .sort((a, b) => least(a) - least(b) || b.photos - a.photos);
    const shown = slices.slice(0, mostSlices);
    return [{ dimension, slices: shown, more: slices.length - shown.length }];
  });
}

/**
 * The photos of one part.
 * @param value as in `Slice`.
 * @returns their ids in the order of `answers`.
 */
export function photosOfSlice(
  answers: readonly PhotoAnswer[],
  photos: ReadonlyMap<number, SlicedPhoto>,
  { dimension, value }: { dimension: SliceDimension; value: string },
): number[] {
  const known = knownOf(answers, photos);
  const partOf = partsOf(known);
  return known
    .filter(({ photo }) => partOf(dimension, photo) === value)
    .map(({ answer }) => answer.photoId);
}

interface KnownAnswer {
  answer: PhotoAnswer;
  photo: SlicedPhoto;
}

function knownOf(
  answers: readonly PhotoAnswer[],
  photos: ReadonlyMap<number, SlicedPhoto>,
): KnownAnswer[] {
  return answers.flatMap((answer) => {
    const photo = photos.get(answer.photoId);
    return photo ? [{ answer, photo }] : [];
  });
}

/** @returns the part that a photo is in; thirds are of all photos that are known. */
function partsOf(known: readonly KnownAnswer[]) {
  const thirds = {
    brightness: thirdsOf(known.map(({ photo }) => photo.brightness)),
    sharpness: thirdsOf(known.map(({ photo }) => photo.sharpness)),
  };
  return (dimension: SliceDimension, photo: SlicedPhoto): string =>
    dimension === 'brightness' || dimension === 'sharpness'
      ? thirds[dimension](photo[dimension])
      : photo[dimension];
}

const least = ({ models }: Slice): number => Math.min(...models.map(({ top1 }) => top1));

/** Of one photo: whether each model is right. */
type Outcome = readonly boolean[];

function sliceOf(value: string, outcomes: readonly Outcome[]): Slice {
  const photos = outcomes.length;
  const models = (outcomes[0] ?? []).map((_, index) => {
    const correct = outcomes.filter((isRight) => isRight[index]).length;
    const interval: Interval = wilsonInterval(correct, photos);
    return { correct, top1: correct / photos, interval };
  });
  return { value, photos, models };
}

/** Equal values are in one third, so thirds may be of unequal size, or missing. */
function thirdsOf(values: readonly number[]): (value: number) => string {
  const sorted = [...values].sort((a, b) => a - b);
  const first = sorted[Math.floor(sorted.length / 3)] ?? 0;
  const second = sorted[Math.floor((2 * sorted.length) / 3)] ?? 0;
  return (value) => (value < first ? 'low' : value < second ? 'middle' : 'high');
}
