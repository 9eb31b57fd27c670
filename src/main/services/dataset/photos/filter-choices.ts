import type { FilterChoices } from '../../../../shared/api/dataset-api';
import type { Database } from '../../../platform/database/database';

/** What there is in a project to filter by, the most frequent or newest first. */
export function readFilterChoices(database: Database): FilterChoices {
  const number = (sql: string) => database.get<{ value: number }>(sql)?.value ?? 0;
  return {
    cameras: database.all<FilterChoices['cameras'][number]>(
      `SELECT camera AS name, count(*) AS count FROM photos WHERE camera IS NOT NULL
       GROUP BY camera COLLATE NOCASE ORDER BY count DESC, name LIMIT 100`,
    ),
    imports: database.all<FilterChoices['imports'][number]>(
      `SELECT imports.id, started_at AS startedAt, count(*) AS count
       FROM imports JOIN photos ON import_id = imports.id
       GROUP BY imports.id ORDER BY started_at DESC LIMIT 100`,
    ),
    issues: database.all<FilterChoices['issues'][number]>(
      `SELECT kind, count(DISTINCT photo_id) AS count FROM live_issues WHERE state = 'open'
       GROUP BY kind ORDER BY count DESC`,
    ),
    clusters: number('SELECT count(DISTINCT cluster) AS value FROM photo_analysis'),
    answered: number('SELECT count(*) AS value FROM photo_answers'),
  };
}
