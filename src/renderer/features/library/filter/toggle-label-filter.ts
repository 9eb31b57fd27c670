import type { LabelId } from '@shared/domain/label';
import type { PhotoFilter } from '@shared/domain/photo-filter';

/**
 * A click on a label shows its photos, or all again when they were shown; with Ctrl or Command it
 * is added to or taken from the labels that are shown.
 */
export function toggleLabelFilter(
  filter: PhotoFilter,
  labelId: LabelId,
  isAdding: boolean,
): PhotoFilter {
  const shown = filter.labelIds ?? [];
  const isShown = shown.includes(labelId);
  const others = isAdding ? shown.filter((id) => id !== labelId) : [];
  const isOnlyOne = isShown && shown.length === 1;
  const labelIds = isAdding
    ? isShown
      ? others
      : [...others, labelId]
    : isOnlyOne
      ? []
      : [labelId];
  return {
    ...filter,
    unlabeled: undefined,
    labelIds: labelIds.length > 0 ? labelIds : undefined,
  };
}
