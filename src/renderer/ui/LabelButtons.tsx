import { UnstyledButton } from '@mantine/core';
import type { LabelId, LabelWithCounts } from '@shared/domain/label';
import { labelKeys } from '@shared/domain/label-keys';
import { KeyCaps } from './KeyCaps';
import { LabelChip } from './LabelChip';
import classes from './LabelButtons.module.css';

interface LabelButtonsProps {
  labels: readonly LabelWithCounts[];
  current?: LabelId;
  onChoose(label: LabelWithCounts): void;
}

/** Every label as a button with its key; the current one is marked. */
export function LabelButtons({ labels, current, onChoose }: LabelButtonsProps) {
  const keys = labelKeys(labels);
  return (
    <div className={classes.buttons}>
      {labels.map((label) => {
        const key = keys.get(label.id);
        return (
          <UnstyledButton
            key={label.id}
            className={classes.button}
            aria-pressed={label.id === current}
            onClick={() => onChoose(label)}
          >
            <LabelChip label={label} />
            {key !== undefined && <KeyCaps text={key} />}
          </UnstyledButton>
        );
      })}
    </div>
  );
}
