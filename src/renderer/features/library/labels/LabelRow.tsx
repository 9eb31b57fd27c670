import { ActionIcon, Menu, TextInput, UnstyledButton } from '@mantine/core';
import type { LabelWithCounts } from '@shared/domain/label';
import type { PhotoId } from '@shared/domain/photo';
import { IconDots } from '@tabler/icons-react';
import { type MouseEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyEdited } from '../../../actions/notify-edited';
import { formatCount } from '../../../i18n/format';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { droppedPhotos, isPhotoDrag } from '../../../ui/dragged-photos';
import { LabelChip } from '../../../ui/LabelChip';
import { LabelKeyField } from './LabelKeyField';
import { LabelMenu } from './LabelMenu';
import classes from './LabelRow.module.css';
import { SplitBar } from '../splits/SplitBar';

interface LabelRowProps {
  label: LabelWithCounts;
  keyText: string | undefined;
  others: readonly LabelWithCounts[];
  isOn: boolean;
  onFilter(event: MouseEvent): void;
}

/** A label with its key, count and share of each split; a menu on its dots or a right click. */
export function LabelRow({ label, keyText, others, isOn, onFilter }: LabelRowProps) {
  const { t } = useTranslation();
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const [isRenaming, setIsRenaming] = useState(false);
  const [isBinding, setIsBinding] = useState(false);
  const [isOver, setIsOver] = useState(false);
  const studio = useStudio();
  if (isRenaming) return <RenameField label={label} onDone={() => setIsRenaming(false)} />;
  if (isBinding) return <LabelKeyField label={label} onDone={() => setIsBinding(false)} />;

  async function drop(photoIds: readonly PhotoId[]) {
    notifyEdited(studio, await studio.edits.assignLabel(photoIds, label.id));
  }

  return (
    <div
      className={classes.row}
      data-on={isOn || undefined}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!isPhotoDrag(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        setIsOver(false);
        const photoIds = droppedPhotos(event);
        if (photoIds.length === 0) return;
        event.preventDefault();
        void attempt(() => drop(photoIds));
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        setIsMenuOpen(true);
      }}
    >
      <UnstyledButton className={classes.button} aria-pressed={isOn} onClick={onFilter}>
        <span className={classes.key}>{keyText?.toUpperCase()}</span>
        <LabelChip label={label} />
        <span className={classes.count}>{formatCount(label.count)}</span>
        <SplitBar counts={label} />
      </UnstyledButton>
      <Menu opened={isMenuOpen} onChange={setIsMenuOpen} position="bottom-start" width={190}>
        <Menu.Target>
          <ActionIcon
            className={classes.dots}
            size={22}
            aria-label={t('library.labels.menu', { label: label.name })}
          >
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <LabelMenu
          label={label}
          others={others}
          onRename={() => setIsRenaming(true)}
          onBindKey={() => setIsBinding(true)}
        />
      </Menu>
    </div>
  );
}

function RenameField({ label, onDone }: { label: LabelWithCounts; onDone(): void }) {
  const { t } = useTranslation();
  const { edits } = useStudio();
  const [name, setName] = useState(label.name);

  async function commit() {
    const isSame = name.trim() === '' || name === label.name;
    if (isSame || (await attempt(() => edits.renameLabel(label.id, name)))) onDone();
  }

  return (
    <TextInput
      aria-label={t('library.labels.name')}
      maxLength={80}
      autoFocus
      value={name}
      onChange={(event) => setName(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit();
        if (event.key === 'Escape') onDone();
      }}
    />
  );
}
