import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatCount } from '../i18n/format';
import classes from './CountRow.module.css';

interface CountRowProps {
  isOn: boolean;
  count: number;
  /** 'warn' for what should not stay so, 'quiet' for what is of no interest. */
  tone?: 'warn' | 'quiet';
  onClick(event: React.MouseEvent): void;
  children: ReactNode;
}

/** A choice with how many photos it leaves; pressed while it holds. */
export function CountRow({ isOn, count, tone, onClick, children }: CountRowProps) {
  return (
    <UnstyledButton className={classes.row} aria-pressed={isOn} data-tone={tone} onClick={onClick}>
      <span className={classes.name}>{children}</span>
      <span className={classes.count}>{formatCount(count)}</span>
    </UnstyledButton>
  );
}
