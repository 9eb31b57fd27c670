import { memo } from 'react';
import { PhotoCell } from './PhotoCell';
import classes from './PhotoGrid.module.css';

interface GridRowProps {
  line: number;
  top: number;
  /** Place in the list of its first photo. */
  first: number;
  count: number;
  cell: number;
}

/** Memoized on five numbers: scrolling leaves the rows that stay alone. */
export const GridRow = memo(function GridRow({ line, top, first, count, cell }: GridRowProps) {
  return (
    <div
      className={classes.row}
      role="row"
      aria-rowindex={line + 1}
      style={{ transform: `translateY(${top}px)`, height: cell }}
    >
      {Array.from({ length: count }, (_, column) => (
        <PhotoCell key={first + column} index={first + column} column={column} size={cell} />
      ))}
    </div>
  );
});
