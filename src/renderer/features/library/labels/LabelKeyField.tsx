import { TextInput } from '@mantine/core';
import type { LabelWithCounts } from '@shared/domain/label';
import { labelKeySchema } from '@shared/domain/label-keys';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';

interface LabelKeyFieldProps {
  label: LabelWithCounts;
  onDone(): void;
}

/** Waits for the key that is to assign the label. */
export function LabelKeyField({ label, onDone }: LabelKeyFieldProps) {
  const { t } = useTranslation();
  const { edits } = useStudio();
  const [refused, setRefused] = useState<string>();

  async function bind(key: string | undefined) {
    if (await attempt(() => edits.bindLabelKey(label.id, key))) onDone();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Tab' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const key = event.key.toLowerCase();
    if (key === 'escape') onDone();
    else if (key === 'backspace' || key === 'delete') void bind(undefined);
    else if (labelKeySchema.safeParse(key).success) void bind(key);
    else if (key !== 'shift') setRefused(event.key);
  }

  return (
    <TextInput
      label={t('library.labels.keyFor', { label: label.name })}
      description={t('library.labels.keyHint')}
      error={refused !== undefined && t('library.labels.keyTaken', { key: refused })}
      readOnly
      autoFocus
      value={label.hotKey?.toUpperCase() ?? ''}
      onKeyDown={onKeyDown}
      onBlur={onDone}
    />
  );
}
