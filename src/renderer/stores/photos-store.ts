import type { StudioClient } from '@shared/api/contract';
import type { PhotoId, PhotoSummary } from '@shared/domain/photo';
import type { PhotoFilter, PhotoOrder } from '@shared/domain/photo-filter';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';
import {
  loadedIds,
  mapPhotos,
  pageSize,
  pagesBetween,
  type PhotoPages,
  withPage,
} from './photo-pages';

/** What an edit will do to photos, shown before the program confirms it. */
interface Foresight {
  ids: ReadonlySet<PhotoId>;
  change(photo: PhotoSummary): PhotoSummary;
}

/** Photos that were picked elsewhere, to be listed instead of what passes the filter. */
export interface ChosenPhotos {
  /** What they have in common, for people: "Like IMG_0139.JPG". */
  title: string;
  ids: readonly PhotoId[];
}

export interface PhotosState {
  filter: PhotoFilter;
  order: PhotoOrder;
  /** While present, filter and order wait. */
  chosen?: ChosenPhotos;
  /** Photos in the list; absent until the first answer. */
  total?: number;
  pages: PhotoPages;
  /** Counts each change of filter or order, so that the grid can go back to the top. */
  view: number;
  setFilter(filter: PhotoFilter): void;
  setOrder(order: PhotoOrder): void;
  /** Lists these photos; undefined lists what passes the filter again. */
  choose(chosen: ChosenPhotos | undefined): void;
  /** Says which photos are on screen; loads what is missing. */
  show(first: number, last: number): void;
  /** Loads anew what is on screen and forgets the rest. */
  refresh(): Promise<void>;
  reset(): void;
  /** Ids of the photos at `first` to `last`; asks the program when not all are loaded. */
  idsBetween(first: number, last: number): Promise<PhotoId[]>;
  allIds(): Promise<PhotoId[]>;
  /** Shows a change at once. Call `settle` when the program has it, `revert` when it refused. */
  foresee(ids: readonly PhotoId[], change: Foresight['change']): { settle(): void; revert(): void };
}

export function createPhotosStore(client: StudioClient, onError: (error: unknown) => void) {
  const foresights = new Set<Foresight>();
  const loading = new Set<number>();
  let visible = { first: 0, last: pageSize - 1 };
  /** Answers to questions asked before the list changed are dropped. */
  let generation = 0;

  return createStore<PhotosState>()((set, get) => {
    async function fetchPage(page: number) {
      const { filter, order, chosen } = get();
      const offset = page * pageSize;
      if (chosen) {
        const photoIds = chosen.ids.slice(offset, offset + pageSize);
        const { photos } = await client.call('dataset.photos', { photoIds });
        return { total: chosen.ids.length, photos };
      }
      return client.call('dataset.listPhotos', { filter, order, offset, limit: pageSize });
    }

    /** A page as it will be once the edits under way are confirmed. */
    const foreseen = (photos: readonly PhotoSummary[]) =>
      [...foresights].reduce<readonly PhotoSummary[]>(
        (seen, { ids, change }) => seen.map((photo) => (ids.has(photo.id) ? change(photo) : photo)),
        photos,
      );

    async function load(page: number): Promise<void> {
      const asked = generation;
      loading.add(page);
      try {
        const { total, photos } = await fetchPage(page);
        if (asked !== generation) return;
        set(({ pages }) => ({ total, pages: withPage(pages, page, foreseen(photos)) }));
      } catch (error) {
        if (asked === generation) onError(error);
      } finally {
        if (asked === generation) loading.delete(page);
      }
    }

    async function reload(): Promise<void> {
      generation += 1;
      const asked = generation;
      loading.clear();
      const wanted = pagesBetween(visible.first, visible.last);
      const answers = await Promise.all(wanted.map(fetchPage));
      if (asked !== generation) return;
      set({
        total: answers[0]?.total ?? 0,
        pages: new Map(answers.map(({ photos }, i) => [wanted[i] ?? 0, foreseen(photos)])),
      });
      // The screen may have moved on while these were fetched.
      get().show(visible.first, visible.last);
    }

    const refresh = coalesce(reload, 250);

    function restart(change: Pick<Partial<PhotosState>, 'filter' | 'order' | 'chosen'>): void {
      visible = { first: 0, last: pageSize - 1 };
      set(({ view }) => ({ ...change, view: view + 1 }));
      reload().catch(onError);
    }

    return {
      filter: {},
      order: 'imported',
      pages: new Map(),
      view: 0,
      setFilter: (filter) => restart({ filter, chosen: undefined }),
      setOrder: (order) => restart({ order, chosen: undefined }),
      choose: (chosen) => restart({ chosen }),
      show(first, last) {
        visible = { first, last };
        const { pages, total } = get();
        if (total === undefined) return;
        for (const page of pagesBetween(first, Math.min(last, total - 1))) {
          if (!pages.has(page) && !loading.has(page)) void load(page);
        }
      },
      refresh,
      reset() {
        generation += 1;
        loading.clear();
        foresights.clear();
        visible = { first: 0, last: pageSize - 1 };
        set(({ view }) => ({
          filter: {},
          chosen: undefined,
          total: undefined,
          pages: new Map(),
          view: view + 1,
        }));
      },
      async idsBetween(first, last) {
        const [from, to] = first <= last ? [first, last] : [last, first];
        const loaded = loadedIds(get().pages, from, to);
        return loaded ?? (await get().allIds()).slice(from, to + 1);
      },
      async allIds() {
        const { filter, order, chosen } = get();
        if (chosen) return [...chosen.ids];
        const { photoIds } = await client.call('dataset.listPhotoIds', { filter, order });
        return photoIds;
      },
      foresee(ids, change) {
        const foresight: Foresight = { ids: new Set(ids), change };
        const before = new Map<PhotoId, PhotoSummary>();
        foresights.add(foresight);
        set(({ pages }) => ({
          pages: mapPhotos(pages, foresight.ids, (photo) => {
            before.set(photo.id, photo);
            return change(photo);
          }),
        }));
        return {
          settle: () => void foresights.delete(foresight),
          revert() {
            foresights.delete(foresight);
            set(({ pages }) => ({
              pages: mapPhotos(pages, foresight.ids, (photo) => before.get(photo.id) ?? photo),
            }));
          },
        };
      },
    };
  });
}
