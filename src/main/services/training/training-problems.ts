import type { Readiness } from '../../../shared/api/training-api';
import type { DatasetVersion } from '../../../shared/domain/dataset-version';
import type { SplitLeaks } from '../ports';
import { type Split, splits } from '../../../shared/domain/split';

export type Problem = Readiness['problems'][number];
type Preview = Pick<DatasetVersion, 'labels' | 'photos'>;

/** Photos to train on that a class needs at the very least, and for a good start. */
const leastPhotos = 2;
const goodPhotos = 20;
/** Names told one by one before "and 3 more". */
const namesTold = 5;

export function countSplits({ photos }: Preview): Record<Split, number> {
  const counts = { train: 0, validation: 0, test: 0 };
  for (const { split } of photos) counts[split] += 1;
  return counts;
}

/**
 * Why a dataset can't be trained on or will not train well, each with what would be enough. What
 * blocks comes first.
 * @param photosInProject usable ones, labeled or not.
 */
export function findProblems(
  preview: Preview,
  photosInProject: number,
  leaks: SplitLeaks,
): Problem[] {
  if (photosInProject === 0) return [noPhotos];
  if (preview.photos.length === 0) return [noLabels(photosInProject)];
  const [onlyLabel, second] = preview.labels;
  if (onlyLabel !== undefined && second === undefined) return [oneClass(onlyLabel)];
  return [...emptySplits(preview), ...smallClasses(preview), ...leakProblems(leaks)].sort(
    (a, b) => Number(b.blocking) - Number(a.blocking),
  );
}

const noPhotos: Problem = {
  blocking: true,
  message: 'There are no photos yet.',
  remedy: `Import photos of at least two things to tell apart, about ${goodPhotos} of each, in one folder a thing.`,
};

const noLabels = (photos: number): Problem => ({
  blocking: true,
  message:
    photos === 1
      ? 'The one photo has no label.'
      : `None of the ${photos} photos has a label that counts.`,
  remedy: `Label photos of at least two things to tell apart, about ${goodPhotos} of each, and settle conflicting labels.`,
});

const oneClass = (label: string): Problem => ({
  blocking: true,
  message: `All labeled photos show “${label}”, so there is nothing to tell apart.`,
  remedy: `Label photos of something else too, about ${goodPhotos} of them.`,
});

const splitUses: Record<Split, string> = {
  train: 'there is nothing to train on',
  validation: 'training could not tell when to stop',
  test: 'nobody could tell how good the model is on photos it never saw',
};

function emptySplits(preview: Preview): Problem[] {
  const counts = countSplits(preview);
  return splits
    .filter((split) => counts[split] === 0)
    .map((split) => ({
      blocking: true,
      message: `No photo is in the ${split} split: ${splitUses[split]}.`,
      remedy: 'Label more photos, or split them anew with a larger share for it.',
    }));
}

function smallClasses({ labels, photos }: Preview): Problem[] {
  const counts = labels.map(() => 0);
  for (const { split, labelIndex } of photos) {
    if (split === 'train') counts[labelIndex] = (counts[labelIndex] ?? 0) + 1;
  }
  const classes = labels.map((label, index) => ({ label, count: counts[index] ?? 0 }));
  const tooSmall = classes.filter(({ count }) => count < leastPhotos);
  const small = classes.filter(({ count }) => count >= leastPhotos && count < goodPhotos);
  const problems: Problem[] = [];
  if (tooSmall.length > 0) {
    problems.push({
      blocking: true,
      message: `Too few photos to train on: ${tell(tooSmall)}. Each label needs at least ${leastPhotos}.`,
      remedy: `Label more photos of each, about ${goodPhotos}, or delete labels you do not need.`,
    });
  }
  if (small.length > 0) {
    problems.push({
      blocking: false,
      message: `Few photos to train on: ${tell(small)}. From about ${goodPhotos} on a label is usually learned well.`,
      remedy: 'You can train now; more photos of these labels will help most.',
    });
  }
  return problems;
}

function leakProblems({ straddling, heldOut }: SplitLeaks): Problem[] {
  const problems: Problem[] = [];
  if (straddling > 0) {
    const groups = straddling === 1 ? 'One group' : `${straddling} groups`;
    problems.push({
      blocking: false,
      message: `${groups} of copies or of one burst lie in more than one split: a test would say too much.`,
      remedy: 'Keep them together, under Splits in Photos, before you train.',
    });
  }
  if (heldOut > 0) {
    problems.push({
      blocking: false,
      message: `${heldOut === 1 ? 'One labeled photo is' : `${heldOut} labeled photos are`} not learned from: copies of photos in the locked test set.`,
      remedy: 'Nothing needs to be done; unlock the test set to deal them with it.',
    });
  }
  return problems;
}

/** “hat” (1), “plug” (0) and 3 more. */
function tell(classes: readonly { label: string; count: number }[]): string {
  const told = classes.slice(0, namesTold).map(({ label, count }) => `“${label}” (${count})`);
  const rest = classes.length - told.length;
  return rest > 0 ? `${told.join(', ')} and ${rest} more` : told.join(', ');
}
