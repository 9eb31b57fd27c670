import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Finding } from '../../../shared/domain/issue';
import type { Database } from '../../platform/database/database';
import type { AnalysisOutput } from '../../workers/tasks';
import type { ReadFacts } from './analysis-facts';
import { findExactCopies } from './exact-copies';
import { readAnalysis, type StoredAnalysis, writeStoredAnalysis } from './stored-analysis';

export interface Analyzed extends ReadFacts {
  result: AnalysisOutput;
  at: Date;
}

/** Rows written at a time: the window is not to be kept waiting. */
const pageSize = 2000;

interface IssueRow {
  kind: string;
  photoId: number;
  groupId: number | null;
  score: number;
  labelId: number;
  suggested: number | null;
  detail: string;
}

/**
 * Stores what an analysis found. Its issues count from the moment that the analysis is named as the
 * newest one; until then those before it do, also when the program ends in between.
 */
export async function writeAnalysis(database: Database, analyzed: Analyzed): Promise<void> {
  const { facts, labelIds, fingerprint, result, at } = analyzed;
  const id = (readAnalysis(database)?.id ?? 0) + 1;
  const rows = [...toRows(analyzed), ...findExactCopies(database)];
  database.run('DELETE FROM issues WHERE analysis = ?', [id]);
  await inPages(rows, (page) => insertIssues(database, id, page));
  await inPages([...facts.photoIds.keys()], (page) => putPhotos(database, analyzed, page));
  database.transaction(() => replaceSplitGroups(database, analyzed));
  const toLabelIds = (finding: Finding): Finding => ({
    ...finding,
    labelIds: finding.labelIds.map((label) => labelIds[label] ?? 0).filter((label) => label > 0),
  });
  const stored: StoredAnalysis = {
    id,
    at: at.toISOString(),
    photos: facts.photoIds.length,
    fingerprint,
    findings: result.findings.map(toLabelIds),
  };
  database.transaction(() => writeStoredAnalysis(database, stored));
  database.run('DELETE FROM issues WHERE analysis <> ?', [id]);
  database.run(
    'DELETE FROM photo_analysis WHERE photo_id IN (SELECT id FROM photos WHERE excluded = 1)',
  );
}

function toRows({ facts, labelIds, result }: Analyzed): IssueRow[] {
  const idOf = (photo: number) => facts.photoIds[photo] ?? 0;
  return result.issues.map((issue) => ({
    kind: issue.kind,
    photoId: idOf(issue.photo),
    groupId: issue.group === undefined ? null : idOf(issue.group),
    score: issue.score,
    labelId: labelIds[facts.labels[issue.photo] ?? -1] ?? 0,
    suggested: issue.suggestedLabel === undefined ? null : (labelIds[issue.suggestedLabel] ?? null),
    detail: JSON.stringify(issue.detail),
  }));
}

function insertIssues(database: Database, id: number, rows: readonly IssueRow[]): void {
  database.run(
    `INSERT INTO issues
       (analysis, kind, photo_id, group_id, score, label_id, suggested_label, detail)
     SELECT ?, value ->> 'kind', value ->> 'photoId', value ->> 'groupId', value ->> 'score',
       value ->> 'labelId', value ->> 'suggested', value ->> 'detail'
     FROM json_each(?) WHERE value ->> 'photoId' IN (SELECT id FROM photos)`,
    [id, JSON.stringify(rows)],
  );
}

function putPhotos(
  database: Database,
  { facts, result }: Analyzed,
  photos: readonly number[],
): void {
  const known = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) || value === -1 ? null : value;
  const rows = photos.map((photo) => {
    const group = result.duplicateGroups[photo] ?? -1;
    return [
      facts.photoIds[photo],
      known(result.clusters[photo]),
      group < 0 ? null : facts.photoIds[group],
      known(result.labelConfidence[photo]),
      known(result.outliers[photo]),
    ];
  });
  database.run(
    `INSERT OR REPLACE INTO photo_analysis
       (photo_id, cluster, duplicate_group, label_confidence, outlier)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
     FROM json_each(?) WHERE value ->> 0 IN (SELECT id FROM photos)`,
    [JSON.stringify(rows)],
  );
}

/**
 * What an analysis says of copies outweighs what imports found by hashes alone; photos that came while
 * it ran stay in their groups.
 */
function replaceSplitGroups(database: Database, { facts, result }: Analyzed): void {
  const groups = [...facts.photoIds.keys()].flatMap((photo) => {
    const group = result.duplicateGroups[photo] ?? -1;
    return group < 0 ? [] : [[facts.photoIds[photo], facts.photoIds[group]]];
  });
  const analyzed = JSON.stringify([...facts.photoIds]);
  database.run('DELETE FROM split_groups WHERE photo_id IN (SELECT value FROM json_each(?))', [
    analyzed,
  ]);
  database.run(
    `INSERT INTO split_groups (photo_id, group_id)
     SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE value ->> 0 IN (SELECT id FROM photos)`,
    [JSON.stringify(groups)],
  );
}

async function inPages<Item>(items: readonly Item[], write: (page: Item[]) => void): Promise<void> {
  for (let start = 0; start < items.length; start += pageSize) {
    write(items.slice(start, start + pageSize));
    await nextTurn();
  }
}
