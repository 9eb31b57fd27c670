import type { VersionPhoto } from '../../../shared/domain/dataset-version';
import type { QuantizationSettings } from '../../../shared/domain/model';
import { createRandom, type Random } from '../../../shared/domain/random';

type CalibrationSettings = QuantizationSettings['calibration'];

/**
 * The training photos that calibration looks at: `count` of them, fewer when there are not as many.
 * 'balanced' takes turns between the classes, so that each has as many as the others while it
 * lasts; 'random' draws from all alike. The same seed chooses the same photos.
 */
export function chooseCalibration(
  photos: readonly VersionPhoto[],
  { count, choice, seed }: CalibrationSettings,
): VersionPhoto[] {
  const training = photos.filter((photo) => photo.split === 'train');
  const random = createRandom(seed);
  const order = choice === 'balanced' ? takeTurns(training, random) : random.shuffled(training);
  return order.slice(0, count);
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
