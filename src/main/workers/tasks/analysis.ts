import type { Finding, IssueDetail, IssueKind } from '../../../shared/domain/issue';

/** Facts of photos, in one order; labels are numbers of classes, -1 for none. */
export interface AnalysisFacts {
  photoIds: Uint32Array;
  labels: Int32Array;
  /** Numbers of splits (0 train, 1 validation, 2 test); -1 for none. */
  splits: Int32Array;
  hashes: { high: Uint32Array; low: Uint32Array };
  width: Float64Array;
  height: Float64Array;
  bytes: Float64Array;
  sharpness: Float64Array;
  brightness: Float64Array;
  /** NaN where not known, as `takenAt` (seconds) and `edgeColors` (12 a photo, 0..255). */
  contrast: Float64Array;
  takenAt: Float64Array;
  edgeColors: Float64Array;
  /** Numbers of cameras; -1 where not known. */
  camera: Int32Array;
  /** Number of the studio's own; undefined when none of the photos is of it. */
  studioCamera?: number;
}

export type AnalysisStep = 'comparing' | 'neighbors' | 'labels' | 'shortcuts';

/** One issue of one photo; `photo` and `group` are places in the facts. */
export interface FoundIssue {
  kind: IssueKind;
  photo: number;
  /** The first photo of those it concerns together. */
  group?: number;
  score: number;
  suggestedLabel?: number;
  detail: IssueDetail;
}

export interface AnalysisOutput {
  issues: FoundIssue[];
  /** Labels are numbers of classes here. */
  findings: Finding[];
  /** For each photo, in the order of the facts; clusters and groups -1 for none. */
  clusters: Int32Array;
  duplicateGroups: Int32Array;
  /** NaN where not known. */
  labelConfidence: Float32Array;
  outliers: Float32Array;
}
