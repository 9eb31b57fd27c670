import type { PhotoId } from '@shared/domain/photo';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { indexOf, photoAt } from './photo-pages';
import type { PhotosState } from './photos-store';
import {
  type Direction,
  editedPhotos,
  extendTo,
  keepOnly,
  nothingSelected,
  selectAll,
  type Selection,
  selectOnly,
  type Spot,
  step,
  toggle,
} from './selection-model';

export interface SelectionState extends Selection {
  /** Shape of the grid on screen, for the arrow keys. */
  grid: { columns: number; rows: number };
  setGrid(grid: { columns: number; rows: number }): void;
  click(spot: Spot, keys: { shift: boolean; toggle: boolean }): Promise<void>;
  move(direction: Direction, extend?: boolean): Promise<void>;
  select(ids: readonly PhotoId[]): void;
  selectAll(): Promise<void>;
  clear(): void;
  /** What edits apply to. */
  edited(): PhotoId[];
}

/** Selection in the list of `photos`; it follows its photos when the list changes. */
export function createSelectionStore(
  photos: StoreApi<PhotosState>,
  onError: (error: unknown) => void,
) {
  const store = createStore<SelectionState>()((set, get) => ({
    ...nothingSelected,
    grid: { columns: 1, rows: 1 },
    setGrid(grid) {
      const { columns, rows } = get().grid;
      if (columns !== grid.columns || rows !== grid.rows) set({ grid });
    },
    async click(spot, keys) {
      const now = get();
      if (keys.shift && now.anchor !== undefined) {
        const ids = await photos.getState().idsBetween(now.anchor, spot.index);
        set(extendTo(get(), spot, ids, keys.toggle));
      } else {
        set(keys.toggle ? toggle(now, spot) : selectOnly(spot));
      }
    },
    async move(direction, extend = false) {
      const { total = 0 } = photos.getState();
      if (total === 0) return;
      const { focus, anchor, grid } = get();
      const index = focus ? step(focus.index, direction, { ...grid, total }) : 0;
      const [id] = await photos.getState().idsBetween(index, index);
      if (id === undefined) return;
      const spot = { index, id };
      if (!extend || anchor === undefined) return set(selectOnly(spot));
      const ids = await photos.getState().idsBetween(anchor, index);
      set(extendTo(get(), spot, ids));
    },
    select: (ids) => set({ selected: new Set(ids) }),
    async selectAll() {
      set(selectAll(get(), await photos.getState().allIds()));
    },
    clear: () => set({ ...nothingSelected, focus: undefined, anchor: undefined }),
    edited: () => editedPhotos(get()),
  }));

  photos.subscribe((now, before) => {
    if (now.view !== before.view) store.getState().clear();
    else if (now.pages !== before.pages) follow(now, before);
  });

  /** The list was loaded anew: photos may have moved, left or joined it. */
  function follow({ pages, total = 0, filter }: PhotosState, before: PhotosState): void {
    const { focus, selected } = store.getState();
    if (focus) {
      const index = indexOf(pages, focus.id);
      if (index !== undefined) {
        if (index !== focus.index) store.setState({ focus: { ...focus, index }, anchor: index });
      } else if (photoAt(before.pages, focus.index)?.id === focus.id) {
        // It was on screen and no longer is in the list: its neighbor takes over.
        const neighbor = photoAt(pages, Math.min(focus.index, total - 1));
        if (neighbor) takeOver(focus, { index: Math.min(focus.index, total - 1), id: neighbor.id });
      }
    }
    const narrowed = Object.keys(filter).length > 0 && total < (before.total ?? 0);
    if (selected.size > 1 && narrowed) void prune();
  }

  function takeOver(gone: Spot, spot: Spot): void {
    const { selected } = store.getState();
    const wasAlone = selected.size === 1 && selected.has(gone.id);
    store.setState(wasAlone ? selectOnly(spot) : { focus: spot, anchor: spot.index });
  }

  async function prune(): Promise<void> {
    try {
      const ids = await photos.getState().allIds();
      store.setState(keepOnly(store.getState(), ids));
    } catch (error) {
      onError(error);
    }
  }

  return store;
}
