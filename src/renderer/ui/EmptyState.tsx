import type { ReactNode } from 'react';
import { Title } from '@mantine/core';
import classes from './EmptyState.module.css';

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** What belongs here and how it gets here. */
  text: string;
  /** The one thing to do next, and at most one other. */
  children?: ReactNode;
}

/** A place without content: says what goes here and offers the next step. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <section className={classes.empty}>
      <div className={classes.icon}>{icon}</div>
      <Title order={2}>{title}</Title>
      <p className={classes.text}>{text}</p>
      <div className={classes.buttons}>{children}</div>
    </section>
  );
}
