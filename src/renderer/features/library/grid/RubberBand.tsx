import type { Box } from './grid-geometry';
import classes from './PhotoGrid.module.css';

/** The frame drawn while photos are caught with the mouse. */
export function RubberBand({ box }: { box: Box | undefined }) {
  if (!box) return undefined;
  const { left, top, right, bottom } = box;
  return (
    <div
      className={classes.band}
      style={{ left, top, width: right - left, height: bottom - top }}
    />
  );
}
