import type { PhotoId } from '../../../../shared/domain/photo';
import type { PhotoFilter, PhotoList, PhotoOrder } from '../../../../shared/domain/photo-filter';
import type { Database, SqlValue } from '../../../platform/database/database';
import { photoConditions } from './photo-conditions';

/** A value to order by, and whether the larger comes first. */
interface SortKey {
  by: string;
  descending?: boolean;
  /** Some photos lack it: they come last whichever way the others go. */
  optional?: boolean;
}

/** Each is followed by the id, so that equal photos keep their order from window to window. */
const orders: Record<PhotoOrder, SortKey | undefined> = {
  imported: undefined,
  name: { by: 'file_name COLLATE NOCASE' },
  taken: { by: 'taken_at', optional: true },
  sharpness: { by: 'sharpness' },
  uncertainty: { by: 'answers.uncertainty', descending: true, optional: true },
  disagreement: { by: 'analysis.label_confidence', optional: true },
};

const joins: readonly [alias: string, sql: string][] = [
  ['answers', 'LEFT JOIN photo_answers AS answers ON answers.photo_id = photos.id'],
  ['analysis', 'LEFT JOIN photo_analysis AS analysis ON analysis.photo_id = photos.id'],
];

/** Whether an index holds the list as it is asked for: a window is found without the rest. */
export function isIndexed({ filter, order, group }: PhotoList): boolean {
  const conditions = Object.keys(filter) as (keyof PhotoFilter)[];
  return (
    group === 'none' &&
    conditions.every((name) => name === 'excluded' || filter[name] === undefined) &&
    ['imported', 'name', 'sharpness'].includes(order)
  );
}

/** Ids of one window of a list, and how long the whole list is. */
export function queryWindow(
  database: Database,
  list: PhotoList,
  { offset, limit }: { offset: number; limit: number },
): { total: number; ids: PhotoId[] } {
  const { where, values } = photoConditions(list.filter);
  const count = database.get<{ total: number }>(
    `SELECT count(*) AS total FROM photos ${where}`,
    values,
  );
  const { sql, values: listValues } = selectIds(list);
  const rows = database.all<{ id: PhotoId }>(`${sql} LIMIT ? OFFSET ?`, [
    ...listValues,
    limit,
    offset,
  ]);
  return { total: count?.total ?? 0, ids: rows.map((row) => row.id) };
}

/** All ids of a list, in its order, its groups aside. */
export function queryIds(database: Database, list: PhotoList): PhotoId[] {
  const { sql, values } = selectIds(list);
  // One text instead of a row object for each photo: several times faster at 100,000.
  const row = database.get<{ ids: string }>(
    `SELECT coalesce(group_concat(id), '') AS ids FROM (${sql})`,
    values,
  );
  return idsOf(row?.ids);
}

/** All photos of the project by a value of theirs: a column, or an expression of SQL. */
export function queryMembers<Value>(
  database: Database,
  value: string,
): { value: Value; ids: PhotoId[] }[] {
  const rows = database.all<{ value: Value; ids: string }>(
    `SELECT ${value} AS value, group_concat(photos.id) AS ids
     FROM photos ${joinsFor(value, false)} GROUP BY ${value}`,
  );
  return rows.map((row) => ({ value: row.value, ids: idsOf(row.ids) }));
}

const idsOf = (text = ''): PhotoId[] => JSON.parse(`[${text}]`) as PhotoId[];

/** How many of the photos that match have a suggestion of at least each of these probabilities. */
export function countSuggested(
  database: Database,
  filter: PhotoFilter,
  thresholds: readonly number[],
): number[] {
  if (thresholds.length === 0) return [];
  const { where, values } = photoConditions(filter);
  const counts = thresholds.map(
    (_, index) => `count(*) FILTER (WHERE answers.probability >= ?) AS "${index}"`,
  );
  const row = database.get<Record<string, number>>(
    `SELECT ${counts.join(', ')}
     FROM photos JOIN photo_answers AS answers
       ON answers.photo_id = photos.id AND answers.probability >= ?
         AND answers.label_id IN (SELECT id FROM labels) ${where}`,
    [...thresholds, Math.min(...thresholds), ...values],
  );
  return thresholds.map((_, index) => row?.[index] ?? 0);
}

function selectIds(list: PhotoList): { sql: string; values: SqlValue[] } {
  const { where, values, answers } = photoConditions(list.filter);
  const key = orders[list.order];
  const ordered = key && flip(key, list.descending);
  const last: SortKey = { by: 'photos.id', descending: ordered?.descending ?? list.descending };
  const order = orderBy([...(ordered ? [ordered] : []), last]);
  return {
    sql: `SELECT photos.id FROM photos ${joinsFor(order, answers)} ${where} ORDER BY ${order}`,
    values,
  };
}

const flip = (key: SortKey, reverse: boolean): SortKey =>
  reverse ? { ...key, descending: !key.descending } : key;

function orderBy(keys: readonly SortKey[]): string {
  return keys
    .map(({ by, descending, optional }) => {
      const lastWhenAbsent = optional ? ' NULLS LAST' : '';
      return `${by}${descending ? ' DESC' : ''}${lastWhenAbsent}`;
    })
    .join(', ');
}

function joinsFor(sql: string, answers: boolean): string {
  return joins
    .filter(([alias]) => sql.includes(`${alias}.`) || (alias === 'answers' && answers))
    .map(([, join]) => join)
    .join(' ');
}
