import { TextInput } from '@mantine/core';
import type { LabelWithCounts } from '@shared/domain/label';
import { labelKeys } from '@shared/domain/label-keys';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { PanelSection } from '../../../ui/PanelSection';
import { ToolButton } from '../../../ui/ToolButton';
import classes from './LabelList.module.css';
import { LabelRow } from './LabelRow';
import { toggleLabelFilter } from '../filter/toggle-label-filter';

export function LabelList({ labels }: { labels: readonly LabelWithCounts[] }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const chosen = useStudioStore('photos', ({ filter }) => filter.labelIds);
  const [isAdding, setIsAdding] = useState(false);
  const keys = labelKeys(labels);
  return (
    <PanelSection
      title={t('library.labels.title')}
      aside={
        <ToolButton size={22} label={t('library.labels.add')} onClick={() => setIsAdding(true)}>
          <IconPlus size={15} stroke={1.8} aria-hidden />
        </ToolButton>
      }
    >
      {labels.map((label) => (
        <LabelRow
          key={label.id}
          label={label}
          keyText={keys.get(label.id)}
          others={labels}
          isOn={chosen?.includes(label.id) ?? false}
          onFilter={(event) => {
            const { filter, setFilter } = stores.photos.getState();
            setFilter(toggleLabelFilter(filter, label.id, event.ctrlKey || event.metaKey));
          }}
        />
      ))}
      {labels.length === 0 && !isAdding && (
        <p className={classes.none}>{t('library.labels.none')}</p>
      )}
      {isAdding && <NewLabel onDone={() => setIsAdding(false)} />}
    </PanelSection>
  );
}

/** Enter makes the label and asks for the next one; Escape or an empty name ends it. */
function NewLabel({ onDone }: { onDone(): void }) {
  const { t } = useTranslation();
  const { edits } = useStudio();
  const [name, setName] = useState('');

  async function commit() {
    if (name.trim() === '') return onDone();
    if (await attempt(() => edits.createLabel(name))) setName('');
  }

  return (
    <TextInput
      className={classes.field}
      aria-label={t('library.labels.name')}
      placeholder={t('library.labels.name')}
      maxLength={80}
      autoFocus
      value={name}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={() => {
        if (name.trim() === '') onDone();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit();
        if (event.key === 'Escape') onDone();
      }}
    />
  );
}
