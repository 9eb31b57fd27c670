import type { GridRows } from '../../../stores/grid-rows';

/** Pixels between cells. */
export const gridGap = 3;

/** Pixels of a group's title. */
export const titleHeight = 36;

/** Browsers give up on elements taller than about 33 million pixels. */
const tallest = 30_000_000;

export interface GridGeometry {
  columns: number;
  /** Side of a square cell; the cells fill the width. */
  cell: number;
  /** From the top of a line of photos to the top of the next. */
  pitch: number;
}

/**
 * As many columns as bring the cells nearest to `wanted` pixels in `width`, at least one; more where
 * `total` photos would not fit into a page otherwise.
 */
export function gridGeometry(width: number, wanted: number, total: number): GridGeometry {
  let columns = Math.max(1, Math.round((width + gridGap) / (wanted + gridGap)));
  const cellOf = () => Math.max(1, Math.floor((width - gridGap * (columns - 1)) / columns));
  while ((total / columns) * (cellOf() + gridGap) > tallest) columns += 1;
  return { columns, cell: cellOf(), pitch: cellOf() + gridGap };
}

/** Pixels from the top of the grid to that of a line. */
export function lineTop(line: number, rows: GridRows, pitch: number): number {
  const titles = rows.titlesBefore(line);
  return titles * titleHeight + (line - titles) * pitch;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Places in the list of the cells that a box touches, line by line as [first, last]. */
export function cellsTouched(box: Box, rows: GridRows, pitch: number): [number, number][] {
  const column = (x: number) => Math.floor(x / pitch);
  const from = Math.max(0, column(box.left));
  const to = Math.min(rows.columns - 1, column(box.right));
  const touched: [number, number][] = [];
  if (from > to) return touched;
  for (let line = lineAt(box.top, rows, pitch); line < rows.lineCount; line += 1) {
    if (lineTop(line, rows, pitch) > box.bottom) break;
    const at = rows.line(line);
    if (at.kind === 'title') continue;
    const last = Math.min(at.first + at.count - 1, at.first + to);
    if (at.first + from <= last) touched.push([at.first + from, last]);
  }
  return touched;
}

/** The last line that begins at or above `top`. */
function lineAt(top: number, rows: GridRows, pitch: number): number {
  let [low, high] = [0, rows.lineCount];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lineTop(middle, rows, pitch) <= top) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
