import type { Database } from '../../platform/database/database';

/**
 * A short text that changes when photos come or go, get another label or split, or are left out:
 * then an analysis speaks of what is no longer so.
 */
export function readFingerprint(database: Database): string {
  const row = database.get<Record<string, number | null>>(
    `SELECT count(*) AS photos, max(id) AS newest, sum(excluded) AS excluded,
       sum(id * coalesce(label_id, 0)) AS labels,
       sum(id * CASE split WHEN 'validation' THEN 1 WHEN 'test' THEN 2 ELSE 0 END) AS splits
     FROM photos`,
  );
  return [row?.photos, row?.newest, row?.excluded, row?.labels, row?.splits]
    .map((value) => value ?? 0)
    .join(':');
}
