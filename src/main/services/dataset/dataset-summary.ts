import type { DatasetSummary } from '../../../shared/api/dataset-api';
import type { LabelWithCounts } from '../../../shared/domain/label';
import type { Split } from '../../../shared/domain/split';
import type { Database } from '../../platform/database/database';
import type { History } from './edits/history';
import type { LabelRepository } from './label-repository';
import { readSavedFilters } from './photos/saved-filters';
import { readSplitSettings } from './splits/split-settings';

interface GroupRow {
  labelId: number | null;
  split: Split | null;
  excluded: number;
  count: number;
  missing: number;
  conflicts: number;
}

/**
 * Counts for the sidebar, in one pass over an index. Labeled, unlabeled and everything counted by
 * label or split leaves excluded photos out, so total = labeled + unlabeled + excluded.
 */
export function summarizeDataset(
  database: Database,
  labels: LabelRepository,
  history: History,
): DatasetSummary {
  const rows = database.all<GroupRow>(
    `SELECT label_id AS labelId, split, excluded, count(*) AS count,
       sum(missing) AS missing, count(conflict) AS conflicts
     FROM photos GROUP BY label_id, split, excluded`,
  );
  const summary: DatasetSummary = {
    total: 0,
    labeled: 0,
    unlabeled: 0,
    excluded: 0,
    missing: 0,
    conflicts: 0,
    labels: [],
    splits: { train: 0, validation: 0, test: 0 },
    ratio: readSplitSettings(database).ratio,
    savedFilters: readSavedFilters(database),
    undo: history.nextUndo(),
    redo: history.nextRedo(),
  };
  const byLabel = new Map<number, LabelWithCounts>();
  for (const label of labels.all()) {
    byLabel.set(label.id, { ...label, count: 0, train: 0, validation: 0, test: 0 });
  }
  for (const { labelId, split, excluded, count, missing, conflicts } of rows) {
    summary.total += count;
    summary.missing += missing;
    summary.conflicts += conflicts;
    if (excluded) summary.excluded += count;
    else if (labelId === null) summary.unlabeled += count;
    else {
      summary.labeled += count;
      const label = byLabel.get(labelId);
      if (label) label.count += count;
      if (!split) continue;
      summary.splits[split] += count;
      if (label) label[split] += count;
    }
  }
  return { ...summary, labels: [...byLabel.values()] };
}
