import { ActionIcon } from '@mantine/core';
import type { Backbone } from '@shared/domain/backbone';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../i18n/format';
import { ChoiceCard } from '../../../ui/ChoiceCard';
import { BaseDialog } from './BaseDialog';
import classes from './OpenedBaseCard.module.css';

interface OpenedBaseCardProps {
  base: Backbone;
  opened: NonNullable<Backbone['opened']>;
}

/** A backbone that a person opened: a choice like the others, and what is known about it. */
export function OpenedBaseCard({ base, opened }: OpenedBaseCardProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { name, title, inputSize, bytes, license } = base;
  return (
    <div className={classes.card}>
      <ChoiceCard
        value={name}
        title={title}
        facts={[
          t('bases.facts', { size: inputSize, bytes: formatBytes(bytes) }),
          t('bases.from', {
            fileName: opened.fileName,
            license: license || t('bases.unknownLicense'),
          }),
        ]}
      />
      {/* Beside the card, which is a button itself. */}
      <ActionIcon
        className={classes.about}
        size="sm"
        aria-label={t('bases.about', { title })}
        onClick={() => setOpen(true)}
      >
        <IconInfoCircle size={15} />
      </ActionIcon>
      <BaseDialog base={base} opened={opened} isOpen={isOpen} onClose={() => setOpen(false)} />
    </div>
  );
}
