import type { PhotoId } from '@shared/domain/photo';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type GridRows, gridRows } from './grid-rows';
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

type Step = (direction: Direction, extend?: boolean) => Promise<void>;

export interface SelectionState extends Selection {
  /** The lines of the grid and how many fit on the screen, for the arrow keys. */
  grid: { rows: GridRows; screen: number };
  setGrid(grid: { rows: GridRows; screen: number }): void;
  click(spot: Spot, keys: { shift: boolean; toggle: boolean }): Promise<void>;
  move(direction: Direction, extend?: boolean): Promise<void>;
  /**
   * Steps, and work that takes one, wait for one another: a key that comes before the last step is
   * done means the photo that step leads to.
   */
  inTurn<Result>(work: (move: Step) => Promise<Result>): Promise<Result>;
  /** Selects the photo at this place of the list, which the grid then shows. */
  goTo(place: number): Promise<void>;
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
  let turns: Promise<unknown> = Promise.resolve();

  const store = createStore<SelectionState>()((set, get) => ({
    ...nothingSelected,
    grid: { rows: gridRows(0, 1, []), screen: 1 },
    setGrid: (grid) => set({ grid }),
    async click(spot, keys) {
      const now = get();
      if (keys.shift && now.anchor !== undefined) {
        const ids = await photos.getState().idsBetween(now.anchor, spot.index);
        set(extendTo(get(), spot, ids, keys.toggle));
      } else {
        set(keys.toggle ? toggle(now, spot) : selectOnly(spot));
      }
    },
    move: (direction, extend) => get().inTurn((move) => move(direction, extend)),
    inTurn(work) {
      const turn = turns.then(() => work(takeStep));
      turns = turn.then(
        () => undefined,
        () => undefined,
      );
      return turn;
    },
    async goTo(place) {
      const spot = await spotAt(place);
      if (spot) set(selectOnly(spot));
    },
    select: (ids) => set({ selected: new Set(ids) }),
    async selectAll() {
      set(selectAll(get(), await photos.getState().allIds()));
    },
    clear: () => set({ ...nothingSelected, focus: undefined, anchor: undefined }),
    edited: () => editedPhotos(get()),
  }));

  async function spotAt(index: number): Promise<Spot | undefined> {
    const [id] = await photos.getState().idsBetween(index, index);
    return id === undefined ? undefined : { index, id };
  }

  async function takeStep(direction: Direction, extend = false): Promise<void> {
    if ((photos.getState().total ?? 0) === 0) return;
    const { focus, anchor, grid } = store.getState();
    const spot = await spotAt(focus ? step(focus.index, direction, grid) : 0);
    if (!spot) return;
    if (!extend || anchor === undefined) return store.setState(selectOnly(spot));
    const ids = await photos.getState().idsBetween(anchor, spot.index);
    store.setState(extendTo(store.getState(), spot, ids));
  }

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
