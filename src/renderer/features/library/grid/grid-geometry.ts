/** Pixels between cells. */
export const gridGap = 3;

export interface GridGeometry {
  columns: number;
  /** Side of a square cell; the cells fill the width. */
  cell: number;
  /** From the top of a row to the top of the next. */
  pitch: number;
}

/** As many columns as bring the cells nearest to `wanted` pixels in `width`, at least one. */
export function gridGeometry(width: number, wanted: number): GridGeometry {
  const columns = Math.max(1, Math.round((width + gridGap) / (wanted + gridGap)));
  const cell = Math.max(1, Math.floor((width - gridGap * (columns - 1)) / columns));
  return { columns, cell, pitch: cell + gridGap };
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Places in the list of the cells that a box touches, row by row as [first, last]. */
export function cellsTouched(
  box: Box,
  { columns, pitch }: GridGeometry,
  total: number,
): [first: number, last: number][] {
  const column = (x: number) => Math.floor(x / pitch);
  const [fromColumn, toColumn] = [
    Math.max(0, column(box.left)),
    Math.min(columns - 1, column(box.right)),
  ];
  const [fromRow, toRow] = [
    Math.max(0, column(box.top)),
    Math.min(Math.ceil(total / columns) - 1, column(box.bottom)),
  ];
  if (fromColumn > toColumn) return [];
  const touched: [number, number][] = [];
  for (let row = fromRow; row <= toRow; row += 1) {
    const first = row * columns + fromColumn;
    const last = Math.min(total - 1, row * columns + toColumn);
    if (first <= last) touched.push([first, last]);
  }
  return touched;
}
