import type { IssueDecision, IssueKind } from '../../../../shared/domain/issue';
import type { Database } from '../../../platform/database/database';
import { decodeIds, encodeIds } from './id-list';

/** Photos whose decision about one kind of issue went the same way; absent: there was none. */
export interface DecisionChange {
  kind: IssueKind;
  /** By `encodeIds`. */
  ids: string;
  before?: StoredDecision;
  after?: StoredDecision;
}

interface StoredDecision {
  decision: IssueDecision;
  /** The photo's label when it was decided; 0 for none. */
  labelId: number;
}

interface DecisionRow {
  id: number;
  labelId: number;
  decision: IssueDecision | null;
  decidedLabelId: number | null;
}

/**
 * Decides about an issue of photos, or with undefined opens it again, and tells what changed. Ids
 * that do not exist are passed over.
 */
export function changeDecisions(
  database: Database,
  kind: IssueKind,
  photoIds: readonly number[],
  decision: IssueDecision | undefined,
): DecisionChange[] {
  const rows = database.all<DecisionRow>(
    `SELECT photos.id, coalesce(photos.label_id, 0) AS labelId, decision,
       issue_decisions.label_id AS decidedLabelId
     FROM photos LEFT JOIN issue_decisions ON photo_id = photos.id AND kind = ?
     WHERE photos.id IN (SELECT value FROM json_each(?))`,
    [kind, JSON.stringify(photoIds)],
  );
  const groups = new Map<string, { ids: number[]; change: Omit<DecisionChange, 'ids'> }>();
  for (const row of rows) {
    const before = row.decision
      ? { decision: row.decision, labelId: row.decidedLabelId ?? 0 }
      : undefined;
    const after = decision && { decision, labelId: row.labelId };
    const key = JSON.stringify([before, after]);
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    const group = groups.get(key) ?? { ids: [], change: { kind, before, after } };
    groups.set(key, group);
    group.ids.push(row.id);
  }
  const changes = [...groups.values()].map(({ ids, change }) => ({
    ...change,
    ids: encodeIds(ids),
  }));
  applyDecisionChanges(database, changes, 'after');
  return changes;
}

export function applyDecisionChanges(
  database: Database,
  changes: readonly DecisionChange[],
  to: 'before' | 'after',
): void {
  for (const change of changes) {
    const ids = JSON.stringify(decodeIds(change.ids));
    const stored = change[to];
    if (stored) {
      database.run(
        `INSERT OR REPLACE INTO issue_decisions (kind, photo_id, decision, label_id)
         SELECT ?, value, ?, ? FROM json_each(?)`,
        [change.kind, stored.decision, stored.labelId, ids],
      );
    } else {
      database.run(
        `DELETE FROM issue_decisions
         WHERE kind = ? AND photo_id IN (SELECT value FROM json_each(?))`,
        [change.kind, ids],
      );
    }
  }
}
