import type { ReactNode } from 'react';
import classes from './PlaceFrame.module.css';

interface PlaceFrameProps {
  toolbar?: ReactNode;
  left?: ReactNode;
  /** The inspector; absent while it is hidden. */
  right?: ReactNode;
  children: ReactNode;
}

/** The page of a place: toolbar above, content in the middle, panels at its sides. */
export function PlaceFrame({ toolbar, left, right, children }: PlaceFrameProps) {
  return (
    <div className={classes.frame}>
      {toolbar && <div className={classes.toolbar}>{toolbar}</div>}
      <div className={classes.body}>
        {left && <aside className={classes.left}>{left}</aside>}
        <main className={classes.content}>{children}</main>
        {right && <aside className={classes.right}>{right}</aside>}
      </div>
    </div>
  );
}
