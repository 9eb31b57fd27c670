import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatCount } from '../../i18n/format';
import classes from './FilterRow.module.css';

interface FilterRowProps {
  isOn: boolean;
  count: number;
  /** 'warn' for what should not stay so. */
  tone?: 'warn';
  onClick(event: React.MouseEvent): void;
  children: ReactNode;
}

/** One condition of the filter with its count; pressed while it holds. */
export function FilterRow({ isOn, count, tone, onClick, children }: FilterRowProps) {
  return (
    <UnstyledButton className={classes.row} aria-pressed={isOn} data-tone={tone} onClick={onClick}>
      <span className={classes.name}>{children}</span>
      <span className={classes.count}>{formatCount(count)}</span>
    </UnstyledButton>
  );
}
