import type { PhotoId, PhotoSummary } from '@shared/domain/photo';

/** Photos fetched at a time; a page is dropped as a whole. */
export const pageSize = 100;

/** Pages kept around what is on screen: 40 of them are 4000 photos. */
const keptPages = 40;

/** Loaded parts of a long list of photos, by page number. Never changed in place. */
export type PhotoPages = ReadonlyMap<number, readonly PhotoSummary[]>;

export const pageOf = (index: number): number => Math.floor(index / pageSize);

export function photoAt(pages: PhotoPages, index: number): PhotoSummary | undefined {
  return pages.get(pageOf(index))?.[index % pageSize];
}

/** Place of a photo in the list, when it is loaded. */
export function indexOf(pages: PhotoPages, id: PhotoId): number | undefined {
  for (const [page, photos] of pages) {
    const place = photos.findIndex((photo) => photo.id === id);
    if (place >= 0) return page * pageSize + place;
  }
  return undefined;
}

/** A photo by its id, when it is loaded. */
export function loadedPhoto(pages: PhotoPages, id: PhotoId): PhotoSummary | undefined {
  const index = indexOf(pages, id);
  return index === undefined ? undefined : photoAt(pages, index);
}

/** Numbers of the pages that hold the photos `first` to `last`. */
export function pagesBetween(first: number, last: number): number[] {
  const from = pageOf(Math.max(0, first));
  return Array.from({ length: pageOf(Math.max(first, last)) - from + 1 }, (_, i) => from + i);
}

/** Ids of the photos `first` to `last`, when all of them are loaded. */
export function loadedIds(pages: PhotoPages, first: number, last: number): PhotoId[] | undefined {
  const ids: PhotoId[] = [];
  for (let index = first; index <= last; index += 1) {
    const photo = photoAt(pages, index);
    if (!photo) return undefined;
    ids.push(photo.id);
  }
  return ids;
}

/** Adds a page; of too many, those furthest from it go. */
export function withPage(
  pages: PhotoPages,
  page: number,
  photos: readonly PhotoSummary[],
): PhotoPages {
  const next = new Map(pages).set(page, photos);
  if (next.size <= keptPages) return next;
  const byDistance = [...next].sort(([a], [b]) => Math.abs(a - page) - Math.abs(b - page));
  return new Map(byDistance.slice(0, keptPages));
}

/** Applies `change` to the given photos where they are loaded; untouched pages stay the same. */
export function mapPhotos(
  pages: PhotoPages,
  ids: ReadonlySet<PhotoId>,
  change: (photo: PhotoSummary) => PhotoSummary,
): PhotoPages {
  let next: Map<number, readonly PhotoSummary[]> | undefined;
  for (const [page, photos] of pages) {
    if (!photos.some((photo) => ids.has(photo.id))) continue;
    next ??= new Map(pages);
    next.set(
      page,
      photos.map((photo) => (ids.has(photo.id) ? change(photo) : photo)),
    );
  }
  return next ?? pages;
}
