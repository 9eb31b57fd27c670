import type { Database } from '../../platform/database/database';

export interface ImportRow {
  startedAt: string;
  added: number;
  known: number;
  conflicts: number;
  problems: number;
}

export interface NamedCount {
  name: string;
  count: number;
}

export interface PhotoTotals {
  bytes: number;
  /** Their bytes are in the project. */
  stored: number;
  smallestSide: number;
  largestSide: number;
}

const mostCameras = 12;

/** What the database alone says about where photos come from. */
export function readSources(database: Database) {
  const counted = (column: string, limit: number) =>
    database.all<NamedCount>(
      `SELECT ${column} AS name, count(*) AS count FROM photos WHERE ${column} IS NOT NULL
       GROUP BY ${column} ORDER BY count(*) DESC, ${column} LIMIT ?`,
      [limit],
    );
  const totals = database.get<PhotoTotals>(
    `SELECT coalesce(sum(bytes), 0) AS bytes, count(*) - count(source_path) AS stored,
       coalesce(min(min(width, height)), 0) AS smallestSide,
       coalesce(max(max(width, height)), 0) AS largestSide
     FROM photos`,
  );
  return {
    totals: totals ?? { bytes: 0, stored: 0, smallestSide: 0, largestSide: 0 },
    formats: counted('format', 100),
    cameras: counted('camera', mostCameras),
    imports: database.all<ImportRow>(
      `SELECT started_at AS startedAt, added, known, conflicts,
         (SELECT count(*) FROM import_problems WHERE import_id = imports.id) AS problems
       FROM imports ORDER BY started_at, rowid`,
    ),
    straddlingGroups:
      database.get<{ count: number }>(
        `SELECT count(DISTINCT group_id) AS count FROM live_issues
         WHERE kind = 'leak' AND state = 'open'`,
      )?.count ?? 0,
    splitSeed: readSeed(database),
  };
}

function readSeed(database: Database): number {
  const row = database.get<{ seed: number | null }>(
    "SELECT json_extract(value, '$.seed') AS seed FROM settings WHERE key = 'dataset.split'",
  );
  return row?.seed ?? 1;
}
