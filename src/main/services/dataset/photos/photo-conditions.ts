import type { PhotoFilter } from '../../../../shared/domain/photo-filter';
import type { SqlValue } from '../../../platform/database/database';

/** A filter as SQL over `photos` and, when `answers` is set, its row of `photo_answers`. */
export interface PhotoConditions {
  /** Empty, or `WHERE …`. */
  where: string;
  values: SqlValue[];
  /** Whether `answers`, the photo's row of photo_answers, must be joined. */
  answers: boolean;
}

/** Folder of a path, with its last separator: what is left when all other signs are cut off. */
export const folderOfPath = `rtrim(path, replace(replace(path, '/', ''), '\\', ''))`;

/** Every condition of the filter, joined by AND. */
export function photoConditions(filter: PhotoFilter): PhotoConditions {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  const add = (part: string, ...partValues: SqlValue[]) => {
    parts.push(part);
    values.push(...partValues);
  };
  const oneOf = (column: string, ids: readonly number[] | undefined) => {
    if (ids) add(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(ids));
  };
  const within = (column: string, range: { min?: SqlValue; max?: SqlValue } | undefined) => {
    if (range?.min !== undefined) add(`${column} >= ?`, range.min);
    if (range?.max !== undefined) add(`${column} <= ?`, range.max);
  };
  const { labelIds, unlabeled, split, excluded, missing, conflict, text } = filter;
  // Written out, so that one label is found by its index and comes in the order of ids.
  if (labelIds && labelIds.length < 100) {
    add(`photos.label_id IN (${labelIds.map(() => '?').join(', ')})`, ...labelIds);
  } else oneOf('photos.label_id', labelIds);
  if (unlabeled !== undefined) add(`photos.label_id IS ${unlabeled ? '' : 'NOT '}NULL`);
  if (split !== undefined) add('split = ? AND photos.label_id IS NOT NULL', split);
  if (excluded !== undefined) add('excluded = ?', excluded ? 1 : 0);
  if (missing !== undefined) add('missing = ?', missing ? 1 : 0);
  if (conflict !== undefined) add(`conflict IS ${conflict ? 'NOT ' : ''}NULL`);
  if (filter.duplicate !== undefined) {
    add(`photos.id ${filter.duplicate ? '' : 'NOT '}IN (
      SELECT photo_id FROM photo_analysis WHERE duplicate_group IS NOT NULL)`);
  }
  if (filter.cluster !== undefined) {
    add('photos.id IN (SELECT photo_id FROM photo_analysis WHERE cluster = ?)', filter.cluster);
  }
  if (filter.issue !== undefined) {
    add(
      `photos.id IN (SELECT photo_id FROM live_issues WHERE kind = ? AND state = 'open')`,
      filter.issue,
    );
  }
  if (filter.importId !== undefined) add('import_id = ?', filter.importId);
  if (filter.folder !== undefined) {
    add(
      `EXISTS (SELECT 1 FROM photo_origins
        WHERE photo_id = photos.id AND ${folderOfPath} LIKE ? ESCAPE '\\')`,
      partOf(filter.folder),
    );
  }
  if (filter.camera !== undefined) add('camera = ? COLLATE NOCASE', filter.camera);
  within('min(width, height)', filter.side);
  within('bytes', filter.bytes);
  // Times begin with their day; compared by it alone, or the last day would end at its midnight.
  within('substr(taken_at, 1, 10)', filter.taken);
  if (filter.answer === 'right') add('answers.label_id = photos.label_id');
  if (filter.answer === 'wrong') add('answers.label_id <> photos.label_id');
  oneOf('answers.label_id', filter.suggestedIds);
  within('answers.probability', filter.confidence);
  oneOf('photos.id', filter.photoIds);
  if (text) add(`file_name LIKE ? ESCAPE '\\'`, partOf(text));
  return {
    where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`,
    values,
    answers: Boolean(filter.answer ?? filter.suggestedIds ?? filter.confidence),
  };
}

/** A LIKE pattern for what has `text` in it, taken literally. */
export const partOf = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
