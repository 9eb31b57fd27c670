import type { ReactNode } from 'react';
import classes from './PanelSection.module.css';

interface PanelSectionProps {
  title?: string;
  /** At the right end of the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of a side panel, apart from the next by a line. */
export function PanelSection({ title, aside, children }: PanelSectionProps) {
  return (
    <section className={classes.section}>
      {title !== undefined && (
        <header className={classes.header}>
          <h3 className={classes.title}>{title}</h3>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}
