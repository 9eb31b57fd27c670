import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import type { PhotoFilter } from '@shared/domain/photo-filter';
import { IconBookmark } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyEdited } from '../../../actions/notify-edited';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import classes from './SaveFilterButton.module.css';

/** Keeps the filter under a name, for the panel on the left. */
export function SaveFilterButton({ filter }: { filter: PhotoFilter }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState('');

  async function save() {
    if (name.trim() === '') return;
    const saved = await attempt(async () =>
      notifyEdited(studio, await studio.edits.saveFilter({ name: name.trim(), filter })),
    );
    if (!saved) return;
    setIsOpen(false);
    setName('');
  }

  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" trapFocus width={240}>
      <Popover.Target>
        <ActionIcon
          size={22}
          aria-label={t('library.savedFilters.save')}
          title={t('library.savedFilters.save')}
          onClick={() => setIsOpen(!isOpen)}
        >
          <IconBookmark size={14} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <TextInput
            aria-label={t('library.savedFilters.name')}
            placeholder={t('library.savedFilters.name')}
            maxLength={60}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={name.trim() === ''}>
            {t('library.savedFilters.confirm')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
