import type { HandlersOf } from '../../../shared/api/contract';
import type { issuesApi } from '../../../shared/api/issues-api';
import type { Dataset, Features, Jobs, ProjectContext, Similarity } from '../ports';
import { createAnalyzeJob } from './analyze-job';
import { listIssues } from './issue-list';
import { readOverview } from './issues-overview';

export interface IssuesParts {
  context: ProjectContext;
  jobs: Jobs;
  dataset: Dataset;
  features: Features;
  similarity: Similarity;
}

export interface IssuesService {
  handlers: HandlersOf<typeof issuesApi>;
}

/** What is wrong with the data set: found on request, kept, decided about by people. */
export function createIssuesService(parts: IssuesParts): IssuesService {
  const { context, jobs, dataset } = parts;
  jobs.register('analyze', createAnalyzeJob(parts));
  return {
    handlers: {
      'issues.analyze': () => ({ jobId: jobs.start('analyze', 'Looking for issues', {}) }),
      'issues.overview': () => readOverview(context.database),
      'issues.list': (question) => listIssues(context.database, question),
      'issues.decide': ({ kind, photoIds, decision }) => {
        const wanted = decision === 'open' ? undefined : decision;
        const description = dataset.decideIssue(kind, photoIds, wanted);
        context.emit('issues.changed', {});
        return { description };
      },
    },
  };
}
