import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { KeyCaps } from './KeyCaps';
import classes from './ToolButton.module.css';

interface ToolButtonProps extends ActionIconProps {
  label: string;
  /** The key that does the same, shown in the hint. */
  keyText?: string;
  isOn?: boolean;
  onClick(): void;
  children: ReactNode;
}

/** A button of a toolbar: an icon, its name and key on hover. */
export function ToolButton({ label, keyText, isOn, children, ...rest }: ToolButtonProps) {
  const hint = (
    <span className={classes.hint}>
      {label} {keyText !== undefined && <KeyCaps text={keyText} />}
    </span>
  );
  return (
    <Tooltip label={hint}>
      <ActionIcon aria-label={label} aria-pressed={isOn} className={classes.button} {...rest}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
