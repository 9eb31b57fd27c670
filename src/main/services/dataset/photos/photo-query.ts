import type { PhotoFilter, PhotoId, PhotoOrder } from '../../../../shared/domain/photo';
import type { Database, SqlValue } from '../../../platform/database/database';

export interface PhotoWindow {
  filter: PhotoFilter;
  order: PhotoOrder;
  offset: number;
  limit: number;
}

/** Each ends in the id, so that equal photos keep their order from window to window. */
const orders: Record<PhotoOrder, string> = {
  imported: 'id',
  name: 'file_name COLLATE NOCASE, id',
  sharpness: 'sharpness, id',
};

/** Ids of one window of the list, and how long the whole list is. */
export function queryWindow(
  database: Database,
  { filter, order, offset, limit }: PhotoWindow,
): { total: number; ids: PhotoId[] } {
  const { where, values } = conditions(filter);
  const count = database.get<{ total: number }>(
    `SELECT count(*) AS total FROM photos ${where}`,
    values,
  );
  const rows = database.all<{ id: PhotoId }>(
    `SELECT id FROM photos ${where} ORDER BY ${orders[order]} LIMIT ? OFFSET ?`,
    [...values, limit, offset],
  );
  return { total: count?.total ?? 0, ids: rows.map((row) => row.id) };
}

/** All ids of the list, in order. */
export function queryIds(database: Database, filter: PhotoFilter, order: PhotoOrder): PhotoId[] {
  const { where, values } = conditions(filter);
  return database
    .all<{ id: PhotoId }>(`SELECT id FROM photos ${where} ORDER BY ${orders[order]}`, values)
    .map((row) => row.id);
}

function conditions(filter: PhotoFilter): { where: string; values: SqlValue[] } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  const add = (part: string, ...partValues: SqlValue[]) => {
    parts.push(part);
    values.push(...partValues);
  };
  const { labelIds, unlabeled, split, excluded, missing, conflict, text } = filter;
  if (labelIds) add(`label_id IN (${labelIds.map(() => '?').join(', ')})`, ...labelIds);
  if (unlabeled !== undefined) add(`label_id IS ${unlabeled ? '' : 'NOT '}NULL`);
  if (split !== undefined) add('split = ? AND label_id IS NOT NULL', split);
  if (excluded !== undefined) add('excluded = ?', excluded ? 1 : 0);
  if (missing !== undefined) add('missing = ?', missing ? 1 : 0);
  if (conflict !== undefined) add(`conflict IS ${conflict ? 'NOT ' : ''}NULL`);
  if (text) add("file_name LIKE ? ESCAPE '\\'", `%${text.replace(/[\\%_]/g, '\\$&')}%`);
  return { where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values };
}
