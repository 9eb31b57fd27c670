import type { PhotoId } from '../../../../shared/domain/photo';
import type { PhotoGroup, PhotoList } from '../../../../shared/domain/photo-filter';
import type { Database } from '../../../platform/database/database';
import { partOf } from './photo-conditions';
import { type GroupedPhotos, queryGrouped } from './photo-groups';
import { isIndexed, queryWindow } from './photo-query';

/** The lists people look at. */
export interface PhotoLists {
  window(
    list: PhotoList,
    window: { offset: number; limit: number },
  ): { total: number; ids: PhotoId[] };
  ids(list: PhotoList): readonly PhotoId[];
  groups(list: PhotoList): readonly PhotoGroup[];
  placeOf(list: PhotoList, photoId: PhotoId): number | undefined;
  /** Looks from `from` on, then from the start. */
  placeOfName(list: PhotoList, text: string, from: number): number | undefined;
}

/**
 * Windows of a list that an index holds are read from it. Any other list has to be sorted whole
 * for any of its windows: its ids (8 bytes each) and groups are kept until the project
 * changes, so that scrolling through it sorts once.
 */
export function createPhotoLists(database: Database): PhotoLists {
  let kept: { key: string; version: number; photos: GroupedPhotos } | undefined;

  /** Rows that were written since the project was opened: the same number, the same list. */
  const version = () =>
    database.get<{ version: number }>('SELECT total_changes() AS version')?.version ?? 0;

  function grouped(list: PhotoList): GroupedPhotos {
    const key = JSON.stringify([list.filter, list.order, list.descending, list.group]);
    const now = version();
    if (kept?.key !== key || kept.version !== now) {
      kept = { key, version: now, photos: queryGrouped(database, list) };
    }
    return kept.photos;
  }

  const ids = (list: PhotoList) => grouped(list).ids;

  function placeOf(list: PhotoList, photoId: PhotoId): number | undefined {
    const place = ids(list).indexOf(photoId);
    return place < 0 ? undefined : place;
  }

  return {
    window(list, window) {
      if (isIndexed(list)) return queryWindow(database, list, window);
      const all = ids(list);
      return { total: all.length, ids: all.slice(window.offset, window.offset + window.limit) };
    },
    ids,
    groups: (list) => grouped(list).groups,
    placeOf,
    placeOfName(list, text, from) {
      const named = new Set(
        database
          .all<{ id: PhotoId }>(`SELECT id FROM photos WHERE file_name LIKE ? ESCAPE '\\'`, [
            partOf(text),
          ])
          .map(({ id }) => id),
      );
      const all = ids(list);
      for (let step = 0; step < all.length; step += 1) {
        const place = (from + step) % all.length;
        if (named.has(all[place] ?? 0)) return place;
      }
      return undefined;
    },
  };
}
