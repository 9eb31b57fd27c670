import type { LabelId } from '@shared/domain/label';
import type { PhotoId } from '@shared/domain/photo';
import type { PhotoPages } from '../../../stores/photo-pages';

/**
 * How many of the selected photos carry each label (undefined: none). Nothing when some of them
 * are not loaded: a count of a part would be taken for the whole.
 */
export function labelCounts(
  pages: PhotoPages,
  selected: ReadonlySet<PhotoId>,
): ReadonlyMap<LabelId | undefined, number> | undefined {
  const counts = new Map<LabelId | undefined, number>();
  let found = 0;
  for (const photos of pages.values()) {
    for (const { id, labelId } of photos) {
      if (!selected.has(id)) continue;
      found += 1;
      counts.set(labelId, (counts.get(labelId) ?? 0) + 1);
    }
  }
  return found === selected.size ? counts : undefined;
}
