import type { IssueItem, IssueState } from '../../../shared/api/issues-api';
import { issueDetailSchema, type IssueKind } from '../../../shared/domain/issue';
import type { Database } from '../../platform/database/database';

export interface IssueQuestion {
  kind: IssueKind;
  state: IssueState;
  offset: number;
  limit: number;
}

interface IssueRow {
  photo_id: number;
  group_id: number | null;
  score: number;
  suggested_label: number | null;
  detail: string;
}

/** Issues of a kind, worst first; those of one group follow one another. */
export function listIssues(
  database: Database,
  { kind, state, offset, limit }: IssueQuestion,
): { total: number; items: IssueItem[] } {
  const count = database.get<{ total: number }>(
    'SELECT count(*) AS total FROM live_issues WHERE kind = ? AND state = ?',
    [kind, state],
  );
  const rows = database.all<IssueRow>(
    `SELECT photo_id, group_id, score, suggested_label, detail FROM live_issues
     WHERE kind = ? AND state = ? ORDER BY score DESC, group_id, photo_id LIMIT ? OFFSET ?`,
    [kind, state, limit, offset],
  );
  return { total: count?.total ?? 0, items: rows.map(toItem) };
}

function toItem(row: IssueRow): IssueItem {
  return {
    photoId: row.photo_id,
    ...(row.group_id === null ? {} : { groupId: row.group_id }),
    score: row.score,
    ...(row.suggested_label === null ? {} : { suggestedLabelId: row.suggested_label }),
    detail: issueDetailSchema.parse(JSON.parse(row.detail)),
  };
}
