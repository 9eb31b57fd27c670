import type { CalibrationTrials } from '../../../shared/domain/calibration-trials';
import { formatShare } from './format';
import { formatTable } from './table';

/** What each choice of photos with each range rule makes of a model. */
export function calibrationsText({
  trials,
  photos,
  floatCorrect,
  versionId,
  runtime,
}: CalibrationTrials): string {
  const accuracy = (correct: number) =>
    `${formatShare(correct / photos)} (${correct} of ${photos})`;
  const table = formatTable(
    [
      { header: 'Photos' },
      { header: 'Ranges' },
      { header: 'Validation', align: 'right' },
      { header: 'Agreement', align: 'right' },
      { header: 'Largest difference', align: 'right' },
    ],
    trials.map(({ choice, ranges, correct, agreement, largestDifference, reason }) => [
      choice,
      ranges,
      correct === undefined ? (reason ?? '') : accuracy(correct),
      agreement === undefined ? '' : formatShare(agreement),
      largestDifference === undefined ? '' : largestDifference.toFixed(3),
    ]),
  );
  return `${table}\n\nfloat32: ${accuracy(floatCorrect)} validation photos of ${versionId}, ${runtime}.`;
}
