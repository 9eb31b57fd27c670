import type { DatasetSummary } from '../../../shared/api/dataset-api';
import type { IssueItem, IssuesOverview } from '../../../shared/api/issues-api';
import type { VersionSummary } from '../../../shared/api/versions-api';
import type { IssueKind } from '../../../shared/domain/issue';
import type { ProjectInfo } from '../../../shared/domain/project';
import type { ImportRow, NamedCount, PhotoTotals } from './read-sources';

/** Photos of a kind of issue that are shown; a report should still fit into a mail. */
export const mostPictures = 8;

export interface ShownIssue extends IssueItem {
  fileName: string;
}

/** Everything that the report of a data set says. */
export interface DatasetReportSource {
  project: ProjectInfo;
  at: Date;
  appVersion: string;
  summary: DatasetSummary;
  splitSeed: number;
  totals: PhotoTotals;
  formats: NamedCount[];
  cameras: NamedCount[];
  imports: ImportRow[];
  issues: IssuesOverview;
  /** Groups of photos that are alike and lie in more than one split. */
  straddlingGroups: number;
  /** The worst open ones of each kind, at most `mostPictures`. */
  worst: ReadonlyMap<IssueKind, readonly ShownIssue[]>;
  /** `data:` URLs by photo id. */
  thumbnails: ReadonlyMap<number, string>;
  versions: VersionSummary[];
}
