import { ColorSwatch, Menu, UnstyledButton } from '@mantine/core';
import { labelColors, type LabelWithCounts } from '@shared/domain/label';
import {
  IconArrowMerge,
  IconCamera,
  IconKeyboard,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { notifyEdited } from '../../../actions/notify-edited';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { LabelChip } from '../../../ui/LabelChip';
import classes from './LabelMenu.module.css';

interface LabelMenuProps {
  label: LabelWithCounts;
  others: readonly LabelWithCounts[];
  onRename(): void;
  onBindKey(): void;
}

/** What can be done with a label. All of it can be undone, so nothing asks twice. */
export function LabelMenu({ label, others, onRename, onBindKey }: LabelMenuProps) {
  const { t } = useTranslation();
  const studio = useStudio();
  const { edits } = studio;

  const edit = (run: () => Promise<string>) =>
    void attempt(async () => notifyEdited(studio, await run()));

  return (
    <Menu.Dropdown>
      <Menu.Item leftSection={<IconPencil size={15} stroke={1.6} aria-hidden />} onClick={onRename}>
        {t('library.labels.rename')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconKeyboard size={15} stroke={1.6} aria-hidden />}
        onClick={onBindKey}
      >
        {t('library.labels.bindKey')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCamera size={15} stroke={1.6} aria-hidden />}
        onClick={() => studio.stores.view.getState().set({ capture: { labelId: label.id } })}
      >
        {t('capture.into')}
      </Menu.Item>
      {others.length > 1 && (
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconArrowMerge size={15} stroke={1.6} aria-hidden />}>
              {t('library.labels.merge')}
            </Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown className={classes.merge}>
            {others
              .filter((other) => other.id !== label.id)
              .map((other) => (
                <Menu.Item
                  key={other.id}
                  onClick={() => edit(() => edits.mergeLabels(label.id, other.id))}
                >
                  <LabelChip label={other} />
                </Menu.Item>
              ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
      )}
      <div className={classes.colors} role="group" aria-label={t('library.labels.color')}>
        {labelColors.map((color) => (
          <UnstyledButton
            key={color}
            aria-label={color}
            aria-pressed={color === label.color}
            className={classes.color}
            onClick={() => void attempt(() => edits.recolorLabel(label.id, color))}
          >
            <ColorSwatch color={color} size={16} withShadow={false} />
          </UnstyledButton>
        ))}
      </div>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconTrash size={15} stroke={1.6} aria-hidden />}
        onClick={() => edit(() => edits.deleteLabel(label.id))}
      >
        {t('library.labels.delete')}
      </Menu.Item>
    </Menu.Dropdown>
  );
}
