import type { PhotoId } from '@shared/domain/photo';

/**
 * Which photos are selected, and where the keyboard stands. Positions are places in the list as
 * it is now; ids are what edits use. All functions here return a new selection.
 */
export interface Selection {
  readonly selected: ReadonlySet<PhotoId>;
  /** Where the keyboard stands. */
  readonly focus?: Spot;
  /** The fixed end of a range that Shift extends. */
  readonly anchor?: number;
}

export interface Spot {
  readonly index: number;
  readonly id: PhotoId;
}

export const nothingSelected: Selection = { selected: new Set() };

export function selectOnly(spot: Spot): Selection {
  return { selected: new Set([spot.id]), focus: spot, anchor: spot.index };
}

export function toggle(selection: Selection, spot: Spot): Selection {
  const selected = new Set(selection.selected);
  if (!selected.delete(spot.id)) selected.add(spot.id);
  return { selected, focus: spot, anchor: spot.index };
}

/** `ids`: all photos between the anchor and the spot, both included. */
export function extendTo(
  selection: Selection,
  spot: Spot,
  ids: readonly PhotoId[],
  keepOthers = false,
): Selection {
  const selected = new Set(keepOthers ? [...selection.selected, ...ids] : ids);
  return { selected, focus: spot, anchor: selection.anchor ?? spot.index };
}

export function selectAll(selection: Selection, ids: readonly PhotoId[]): Selection {
  return { ...selection, selected: new Set(ids) };
}

/** Keeps of the selection what is still in the list. */
export function keepOnly(selection: Selection, ids: readonly PhotoId[]): Selection {
  const present = new Set(ids);
  const selected = new Set([...selection.selected].filter((id) => present.has(id)));
  return selected.size === selection.selected.size ? selection : { ...selection, selected };
}

/** What edits apply to: the selection, else the photo the keyboard stands on. */
export function editedPhotos({ selected, focus }: Selection): PhotoId[] {
  if (selected.size > 0) return [...selected];
  return focus ? [focus.id] : [];
}

export type Direction =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'page-up'
  | 'page-down';

/** Where a step from `index` leads in a grid of `columns`, staying inside `total` photos. */
export function step(
  index: number,
  direction: Direction,
  { columns, rows, total }: { columns: number; rows: number; total: number },
): number {
  const last = total - 1;
  const target = {
    left: index - 1,
    right: index + 1,
    up: index - columns < 0 ? index : index - columns,
    down: downFrom(index, columns, last),
    first: 0,
    last,
    'page-up': Math.max(index % columns, index - columns * rows),
    'page-down': index + columns * rows,
  }[direction];
  return Math.max(0, Math.min(last, target));
}

/** From the row before the last, down reaches the last photo even when its row is shorter. */
function downFrom(index: number, columns: number, last: number): number {
  if (index + columns <= last) return index + columns;
  return Math.floor(index / columns) < Math.floor(last / columns) ? last : index;
}
