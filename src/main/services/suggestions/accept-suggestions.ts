import { AppError } from '../../../shared/api/errors';
import type { MethodOutput, ParsedInput } from '../../../shared/api/contract';
import type { PhotoFilter } from '../../../shared/domain/photo-filter';
import type { Database } from '../../platform/database/database';
import type { Dataset, LabelAssignment } from '../ports';

/** Those of the filter's photos that a suggestion is for; undefined: none of them can be. */
export function acceptable(filter: PhotoFilter): PhotoFilter | undefined {
  if (filter.unlabeled === false || filter.excluded === true) return undefined;
  return { ...filter, unlabeled: true, excluded: false };
}

/** @throws AppError 'not-found' when there is nothing to accept. */
export function acceptSuggestions(
  database: Database,
  dataset: Dataset,
  { filter, threshold }: ParsedInput<'suggestions.accept'>,
): MethodOutput<'suggestions.accept'> {
  const candidates = acceptable(filter);
  const { min = 0, max } = filter.confidence ?? {};
  const photoIds = candidates
    ? dataset.filteredIds({ ...candidates, confidence: { min: Math.max(min, threshold), max } })
    : [];
  const assignments = readSuggested(database, photoIds);
  if (assignments.length === 0) throw nothingToAccept(threshold);
  const description = dataset.assignLabels(assignments);
  return { description, photos: assignments.flatMap((group) => group.photoIds).length };
}

function readSuggested(database: Database, photoIds: readonly number[]): LabelAssignment[] {
  return database
    .all<{ labelId: number; ids: string }>(
      `SELECT label_id AS labelId, group_concat(photo_id) AS ids
       FROM photo_answers JOIN labels ON labels.id = label_id
       WHERE photo_id IN (SELECT value FROM json_each(?)) GROUP BY label_id`,
      [JSON.stringify(photoIds)],
    )
    .map(({ labelId, ids }) => ({ labelId, photoIds: JSON.parse(`[${ids}]`) as number[] }));
}

const nothingToAccept = (threshold: number): AppError =>
  new AppError(
    'not-found',
    `No unlabeled photo here has a suggestion of ${Math.round(threshold * 100)} % or more.`,
    'Lower the threshold, or label some photos by hand: suggestions get better with them.',
  );
