import type { PhotoId } from '@shared/domain/photo';
import type { GridRows } from './grid-rows';

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

/** Where a step from `place` leads; it stays inside the list. `screen`: lines that are seen at once. */
export function step(
  place: number,
  direction: Direction,
  { rows, screen }: { rows: GridRows; screen: number },
): number {
  const last = rows.total - 1;
  const target = {
    left: () => place - 1,
    right: () => place + 1,
    up: () => lineAway(place, -1, rows),
    down: () => lineAway(place, 1, rows),
    first: () => 0,
    last: () => last,
    'page-up': () => lineAway(place, -screen, rows),
    'page-down': () => lineAway(place, screen, rows),
  }[direction]();
  return Math.max(0, Math.min(last, target));
}

/**
 * The photo in the same column `lines` further on, titles passed over; the last of a shorter line.
 * From the first and the last line it leads nowhere.
 */
function lineAway(place: number, lines: number, rows: GridRows): number {
  const own = rows.lineOf(place);
  const direction = Math.sign(lines);
  const end = direction < 0 ? 0 : rows.lineCount - 1;
  let target = own + lines;
  if ((target - end) * direction > 0) target = end;
  if (rows.isTitle(target)) target += target === 0 ? 1 : direction;
  const [from, to] = [rows.line(own), rows.line(target)];
  if (target === own || from.kind === 'title' || to.kind === 'title') return place;
  return to.first + Math.min(place - from.first, to.count - 1);
}
