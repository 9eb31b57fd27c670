import type { StudioClient } from '@shared/api/contract';
import type { PhotoId, PhotoSummary } from '@shared/domain/photo';
import type { PhotoFilter, PhotoGroup, PhotoList } from '@shared/domain/photo-filter';
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

/** Ranges up to this length are asked for by themselves, longer ones with the whole list. */
const shortRange = 1000;

const usualArrangement: Arrangement = { order: 'imported', descending: false, group: 'none' };

/** Photos that were picked elsewhere, to be listed instead of what passes the filter. */
export interface ChosenPhotos {
  /** What they have in common, for people: "Like IMG_0139.JPG". */
  title: string;
  ids: readonly PhotoId[];
  /** What was listed before, when that was chosen, too. */
  before?: ChosenPhotos;
}

/** How the list is ordered and grouped. */
export type Arrangement = Omit<PhotoList, 'filter'>;

export interface PhotosState extends Arrangement {
  filter: PhotoFilter;
  /** While present, filter and order wait. */
  chosen?: ChosenPhotos;
  /** Photos in the list; absent until the first answer. */
  total?: number;
  /** In the order of the list; none without a grouping. */
  groups: readonly PhotoGroup[];
  pages: PhotoPages;
  /** Counts each change of filter or order, so that the grid can go back to the top. */
  view: number;
  setFilter(filter: PhotoFilter): void;
  arrange(change: Partial<Arrangement>): void;
  /** Lists these photos; undefined lists what passes the filter again. */
  choose(chosen: ChosenPhotos | undefined): void;
  /** Lists what was listed before photos were chosen. */
  goBack(): void;
  /** Says which photos are on screen; loads what is missing. */
  show(first: number, last: number): void;
  /** Loads anew what is on screen and forgets the rest. */
  refresh(): Promise<void>;
  reset(): void;
  /** Ids of the photos at `first` to `last`; asks the program when not all are loaded. */
  idsBetween(first: number, last: number): Promise<PhotoId[]>;
  allIds(): Promise<PhotoId[]>;
  /** The next place, from `from` on and then from the start, whose file name has `text` in it. */
  placeOfName(text: string, from: number): Promise<number | undefined>;
  /** Shows a change at once. Call `settle` when the program has it, `revert` when it refused. */
  foresee(ids: readonly PhotoId[], change: Foresight['change']): { settle(): void; revert(): void };
}

/** The photos that are listed, as a filter. */
export const listedFilter = ({ filter, chosen }: PhotosState): PhotoFilter =>
  chosen ? { photoIds: [...chosen.ids] } : filter;

export function createPhotosStore(client: StudioClient, onError: (error: unknown) => void) {
  const foresights = new Set<Foresight>();
  const loading = new Set<number>();
  let visible = { first: 0, last: pageSize - 1 };
  /** Answers to questions asked before the list changed are dropped. */
  let generation = 0;

  return createStore<PhotosState>()((set, get) => {
    function list(): PhotoList {
      const { filter, order, descending, group } = get();
      return { filter, order, descending, group };
    }

    async function fetchPage(page: number) {
      const { chosen } = get();
      const offset = page * pageSize;
      if (chosen) {
        const photoIds = chosen.ids.slice(offset, offset + pageSize);
        const { photos } = await client.call('dataset.photos', { photoIds });
        return { total: chosen.ids.length, photos };
      }
      return client.call('dataset.listPhotos', { ...list(), offset, limit: pageSize });
    }

    async function fetchGroups(): Promise<PhotoGroup[]> {
      if (get().chosen ?? get().group === 'none') return [];
      return (await client.call('dataset.listGroups', list())).groups;
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
      const [groups, ...answers] = await Promise.all([fetchGroups(), ...wanted.map(fetchPage)]);
      if (asked !== generation) return;
      set({
        groups,
        total: answers[0]?.total ?? 0,
        pages: new Map(answers.map(({ photos }, i) => [wanted[i] ?? 0, foreseen(photos)])),
      });
      // The screen may have moved on while these were fetched.
      get().show(visible.first, visible.last);
    }

    const refresh = coalesce(reload, 250);

    function restart(change: Partial<Pick<PhotosState, 'filter' | 'chosen'> & Arrangement>): void {
      visible = { first: 0, last: pageSize - 1 };
      set(({ view }) => ({ ...change, view: view + 1 }));
      reload().catch(onError);
    }

    return {
      filter: {},
      ...usualArrangement,
      groups: [],
      pages: new Map(),
      view: 0,
      setFilter: (filter) => restart({ filter, chosen: undefined }),
      arrange: (change) => restart({ ...change, chosen: undefined }),
      choose: (chosen) => restart({ chosen }),
      goBack: () => restart({ chosen: get().chosen?.before }),
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
          ...usualArrangement,
          groups: [],
          chosen: undefined,
          total: undefined,
          pages: new Map(),
          view: view + 1,
        }));
      },
      async idsBetween(first, last) {
        const [from, to] = first <= last ? [first, last] : [last, first];
        const loaded = loadedIds(get().pages, from, to);
        if (loaded) return loaded;
        const limit = to - from + 1;
        if (get().chosen ?? limit > shortRange) return (await get().allIds()).slice(from, to + 1);
        const window = { ...list(), offset: from, limit };
        return (await client.call('dataset.listPhotos', window)).photos.map(({ id }) => id);
      },
      async allIds() {
        const { chosen } = get();
        if (chosen) return [...chosen.ids];
        return (await client.call('dataset.listPhotoIds', list())).photoIds;
      },
      async placeOfName(text, from) {
        const { chosen } = get();
        if (!chosen) {
          return (await client.call('dataset.placeOfName', { ...list(), text, from })).index;
        }
        const filter = { photoIds: [...chosen.ids], text };
        const named = new Set((await client.call('dataset.listPhotoIds', { filter })).photoIds);
        const places = chosen.ids.flatMap((id, place) => (named.has(id) ? [place] : []));
        return places.find((place) => place >= from) ?? places[0];
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
