import type { VersionPhoto } from '../../../shared/domain/dataset-version';
import type { QuantizationSettings } from '../../../shared/domain/model';
import { createRandom, type Random } from '../../../shared/domain/random';

type CalibrationSettings = QuantizationSettings['calibration'];

/**
 * The training photos that calibration looks at, in the order in which they are taken when nothing but
 * their labels counts. 'balanced' takes turns between the classes, so that each has as many as the
 * others while it lasts; otherwise they are drawn from all alike. The same seed gives the same order.
 */
export function orderTraining(
  photos: readonly VersionPhoto[],
  { choice, seed }: Pick<CalibrationSettings, 'choice' | 'seed'>,
): VersionPhoto[] {
  const training = photos.filter((photo) => photo.split === 'train');
  const random = createRandom(seed);
  return choice === 'random' ? random.shuffled(training) : takeTurns(training, random);
}

/**
 * Photos for holding the quantized file against its parent, classes in turns: of validation and
 * training, never of the test split, and those that calibration has not seen first.
 */
export function chooseChecks(
  photos: readonly VersionPhoto[],
  calibration: readonly VersionPhoto[],
  count: number,
  seed: number,
): VersionPhoto[] {
  const seen = new Set(calibration.map((photo) => photo.photoId));
  const random = createRandom(seed);
  const allowed = photos.filter((photo) => photo.split !== 'test');
  const fresh = allowed.filter((photo) => !seen.has(photo.photoId));
  return [...takeTurns(fresh, random), ...calibration].slice(0, count);
}

/** All photos, shuffled within each class, one of each class after the other. */
function takeTurns(photos: readonly VersionPhoto[], random: Random): VersionPhoto[] {
  const classes = new Map<number, VersionPhoto[]>();
  for (const photo of photos) {
    const ofClass = classes.get(photo.labelIndex) ?? [];
    ofClass.push(photo);
    classes.set(photo.labelIndex, ofClass);
  }
  const queues = [...classes.keys()]
    .sort((a, b) => a - b)
    .map((labelIndex) => random.shuffled(classes.get(labelIndex) ?? []));
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  return Array.from({ length: longest }, (_, turn) =>
    queues.flatMap((queue) => queue.slice(turn, turn + 1)),
  ).flat();
}
