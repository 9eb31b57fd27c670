import type { DatasetSummary } from '../../../shared/api/dataset-api';
import type { IssueItem, IssuesOverview } from '../../../shared/api/issues-api';
import type { VersionSummary } from '../../../shared/api/versions-api';
import type { IssueKind } from '../../../shared/domain/issue';
import { thumbnailUrls } from '../../platform/report/thumbnail-urls';
import type { Dataset, ProjectContext } from '../ports';
import { datasetReportHtml } from './dataset-report-html';
import { readSources } from './read-sources';
import { mostPictures, type ShownIssue } from './report-source';

/** What the report asks of others: the same answers that the interface shows. */
export interface DatasetReportParts {
  context: ProjectContext;
  appVersion: string;
  dataset: Pick<Dataset, 'sources' | 'fileName'>;
  summary(): Promise<DatasetSummary>;
  issues(): Promise<IssuesOverview>;
  /** Open ones, worst first. */
  worstOf(kind: IssueKind, limit: number): Promise<IssueItem[]>;
  versions(): Promise<VersionSummary[]>;
}

/** Makes the report of a data set as it is at each call: one HTML file. */
export function createDatasetReport(parts: DatasetReportParts): () => Promise<string> {
  const { context, appVersion, dataset } = parts;
  return async () => {
    const issues = await parts.issues();
    const worst = new Map<IssueKind, ShownIssue[]>();
    for (const { kind, open } of issues.kinds) {
      if (open === 0) continue;
      const items = await parts.worstOf(kind, mostPictures);
      worst.set(
        kind,
        items.map((item) => ({ ...item, fileName: dataset.fileName(item.photoId) })),
      );
    }
    const shown = new Set([...worst.values()].flat().map(({ photoId }) => photoId));
    return datasetReportHtml({
      project: context.info(),
      at: context.now(),
      appVersion,
      summary: await parts.summary(),
      ...readSources(context.database),
      issues,
      worst,
      thumbnails: await thumbnailUrls(dataset.sources([...shown]), context),
      versions: await parts.versions(),
    });
  };
}
