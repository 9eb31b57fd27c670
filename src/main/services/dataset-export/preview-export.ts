import type { ExportPreview } from '../../../shared/api/dataset-export-api';
import type { Selection } from './select-photos';

/** Rows a query: few queries, little memory. */
const batchSize = 2000;

/** What an export would write, in numbers. */
export function previewExport(selection: Selection): Omit<ExportPreview, 'freeBytes'> {
  const preview = {
    photos: 0,
    bytes: 0,
    labels: 0,
    splits: { train: 0, validation: 0, test: 0 },
    unlabeled: 0,
    excluded: 0,
    leftOut: { unlabeled: 0, excluded: 0, missing: 0 },
    conflicts: 0,
  };
  const labels = new Set<number>();
  for (const batch of selection.batches(batchSize)) {
    for (const { record, labelIndex, split, excluded, leftOut } of batch) {
      if (labelIndex === undefined && record.conflict && !excluded) preview.conflicts += 1;
      if (leftOut) {
        preview.leftOut[leftOut] += 1;
        continue;
      }
      preview.photos += 1;
      preview.bytes += record.bytes;
      if (labelIndex === undefined) preview.unlabeled += 1;
      else labels.add(labelIndex);
      if (excluded) preview.excluded += 1;
      else if (split) preview.splits[split] += 1;
    }
  }
  return { ...preview, labels: labels.size };
}
