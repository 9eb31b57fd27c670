import type { HandlersOf } from '../../../../shared/api/contract';
import type { splitsApi } from '../../../../shared/api/splits-api';
import type { Database } from '../../../platform/database/database';
import type { Announce } from '../edits/announce-edits';
import type { PhotoEdits } from '../edits/photo-edits';
import { readSplitLeaks } from './split-leaks';
import { readSplitSettings, readTestLock } from './split-settings';

export interface SplitsHandlersOptions {
  database: Database;
  photoEdits: Pick<PhotoEdits, 'splitAnew' | 'lockTest' | 'keepTogether'>;
  announce: Announce;
  now(): Date;
}

const used = 'SELECT 1 FROM photos WHERE label_id = labels.id AND excluded = 0';

/** What clients may ask of splits. */
export function createSplitsHandlers({
  database,
  photoEdits,
  announce,
  now,
}: SplitsHandlersOptions): HandlersOf<typeof splitsApi> {
  const count = (sql: string) => database.get<{ count: number }>(sql)?.count ?? 0;
  return {
    'splits.state': () => {
      const { ratio, seed, by } = readSplitSettings(database);
      const lockedAt = readTestLock(database);
      const labels = database.all<{ id: number }>(
        `SELECT id FROM labels
         WHERE EXISTS (${used} AND split IS NOT NULL) AND NOT EXISTS (${used} AND split = 'test')
         ORDER BY position`,
      );
      return {
        ratio,
        seed,
        by,
        ...(lockedAt === undefined ? {} : { lockedAt }),
        groups: count('SELECT count(DISTINCT group_id) AS count FROM split_groups'),
        ...readSplitLeaks(database),
        withoutTest: ratio.test === 0 ? [] : labels.map(({ id }) => id),
      };
    },
    'splits.splitAnew': (settings) => announce(photoEdits.splitAnew(settings)),
    'splits.lockTest': ({ locked }) =>
      announce(photoEdits.lockTest(locked ? now().toISOString() : undefined)),
    'splits.keepTogether': () => announce(photoEdits.keepTogether()),
  };
}
