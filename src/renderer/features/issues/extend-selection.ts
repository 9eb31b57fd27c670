import type { ShownIssue } from '../../stores/issues-store';
import { extendTo, type Selection, type Spot } from '../../stores/selection-model';

/** Selects the listed photos from the fixed end of the range to `spot`. */
export function extendSelection(
  selection: Selection,
  spot: Spot,
  listed: readonly ShownIssue[],
  keepOthers = false,
): Selection {
  const from = selection.anchor ?? spot.index;
  const [first, last] = from <= spot.index ? [from, spot.index] : [spot.index, from];
  const ids = listed.slice(first, last + 1).map(({ photoId }) => photoId);
  return extendTo(selection, spot, ids, keepOthers);
}
