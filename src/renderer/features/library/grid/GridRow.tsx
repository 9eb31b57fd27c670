import { memo } from 'react';
import { PhotoCell } from './PhotoCell';
import classes from './PhotoGrid.module.css';

interface GridRowProps {
  row: number;
  top: number;
  columns: number;
  cell: number;
  total: number;
}

/** Memoized on five numbers: scrolling leaves the rows that stay alone. */
export const GridRow = memo(function GridRow({ row, top, columns, cell, total }: GridRowProps) {
  const first = row * columns;
  const count = Math.min(columns, total - first);
  return (
    <div
      className={classes.row}
      role="row"
      aria-rowindex={row + 1}
      style={{ transform: `translateY(${top}px)`, height: cell }}
    >
      {Array.from({ length: count }, (_, column) => (
        <PhotoCell key={first + column} index={first + column} column={column} size={cell} />
      ))}
    </div>
  );
});
