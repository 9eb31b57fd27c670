import type { ReactNode } from 'react';
import classes from './SidePanel.module.css';

interface SidePanelProps {
  title: string;
  children: ReactNode;
}

/** The left column of a place: what is chosen before the button at its end is pressed. */
export function SidePanel({ title, children }: SidePanelProps) {
  return (
    <aside className={classes.panel} aria-label={title}>
      <h2 className={classes.title}>{title}</h2>
      {children}
    </aside>
  );
}
