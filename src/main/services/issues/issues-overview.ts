import type { IssuesOverview, IssueState } from '../../../shared/api/issues-api';
import { type IssueKind, issueKinds } from '../../../shared/domain/issue';
import type { Database } from '../../platform/database/database';
import { readFingerprint } from './fingerprint';
import { readAnalysis } from './stored-analysis';

export function readOverview(database: Database): IssuesOverview {
  const analysis = readAnalysis(database);
  const kinds = new Map(
    issueKinds.map((kind): [IssueKind, IssuesOverview['kinds'][number]] => [
      kind,
      { kind, open: 0, kept: 0, ignored: 0 },
    ]),
  );
  const rows = database.all<{ kind: IssueKind; state: IssueState; count: number }>(
    'SELECT kind, state, count(*) AS count FROM live_issues GROUP BY kind, state',
  );
  for (const { kind, state, count } of rows) {
    const counts = kinds.get(kind);
    if (counts) counts[state] = count;
  }
  return {
    ...(analysis ? { analyzedAt: analysis.at } : {}),
    stale: analysis !== undefined && analysis.fingerprint !== readFingerprint(database),
    photos: analysis?.photos ?? 0,
    kinds: [...kinds.values()],
    findings: analysis?.findings ?? [],
  };
}
