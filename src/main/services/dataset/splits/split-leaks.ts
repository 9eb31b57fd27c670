import type { SplitLeaks } from '../../ports';
import type { Database } from '../../../platform/database/database';
import { straddlingGroups } from './split-assignment';
import { readTestLock } from './split-settings';

/** How many copies would make a test say too much, or are left out so that they do not. */
export function readSplitLeaks(database: Database): SplitLeaks {
  const count = (sql: string) => database.get<{ count: number }>(sql)?.count ?? 0;
  const isLocked = readTestLock(database) !== undefined;
  return {
    straddling: count(`SELECT count(*) AS count FROM (${straddlingGroups})`),
    heldOut: isLocked
      ? count(
          `SELECT count(*) AS count FROM photos
           WHERE label_id IS NOT NULL AND split IS NULL AND excluded = 0`,
        )
      : 0,
  };
}
