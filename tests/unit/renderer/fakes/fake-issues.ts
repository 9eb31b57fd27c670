import type { ParsedInput } from '@shared/api/contract';
import type { IssueItem, IssuesOverview, IssueState } from '@shared/api/issues-api';
import { type Finding, type IssueKind, issueKinds } from '@shared/domain/issue';

/** What an analysis found, in memory. */
export interface FakeIssues {
  /** Absent: never analyzed. */
  analyzedAt?: string;
  stale: boolean;
  found: (IssueItem & { kind: IssueKind; state?: IssueState })[];
  findings: Finding[];
  overview(): IssuesOverview;
  list(question: ParsedInput<'issues.list'>): { total: number; items: IssueItem[] };
  decide(decided: ParsedInput<'issues.decide'>): { description: string };
}

export function createFakeIssues(changed: () => void): FakeIssues {
  const issues: FakeIssues = {
    stale: false,
    found: [],
    findings: [],
    overview: () => ({
      ...(issues.analyzedAt === undefined ? {} : { analyzedAt: issues.analyzedAt }),
      stale: issues.stale,
      photos: 10,
      kinds: issueKinds.map((kind) => {
        const count = (state: IssueState) => of(kind, state).length;
        return { kind, open: count('open'), kept: count('kept'), ignored: count('ignored') };
      }),
      findings: issues.findings,
    }),
    list({ kind, state, offset, limit }) {
      const items = of(kind, state);
      return { total: items.length, items: items.slice(offset, offset + limit) };
    },
    decide({ kind, photoIds, decision }) {
      issues.found = issues.found.map((issue) =>
        issue.kind === kind && photoIds.includes(issue.photoId)
          ? { ...issue, state: decision }
          : issue,
      );
      changed();
      return { description: `Decided about ${photoIds.length}` };
    },
  };

  function of(kind: IssueKind, wanted: IssueState): IssueItem[] {
    return issues.found
      .filter((issue) => issue.kind === kind && (issue.state ?? 'open') === wanted)
      .map(({ kind: _kind, state: _state, ...item }) => item);
  }

  return issues;
}
