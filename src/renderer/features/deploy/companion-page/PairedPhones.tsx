import { ActionIcon } from '@mantine/core';
import type { CompanionPage } from '@shared/domain/companion-page';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../../i18n/format';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import classes from './CompanionPage.module.css';

export function PairedPhones({ phones }: Pick<CompanionPage, 'phones'>) {
  const { t } = useTranslation();
  const { revoke } = useStudio().stores.companionPage.getState();
  if (phones.length === 0) return <p className={classes.hint}>{t('companionPage.phones.none')}</p>;
  return (
    <ul className={classes.phones} aria-label={t('companionPage.phones.title')}>
      {phones.map(({ id, name, isConnected, expiresAt }) => (
        <li key={id} className={classes.phone}>
          <span className={classes.name}>{name}</span>
          <span className={classes.facts}>
            {[
              t(isConnected ? 'companionPage.phones.here' : 'companionPage.phones.away'),
              t('companionPage.phones.until', { date: formatDateTime(expiresAt) }),
            ].join(' · ')}
          </span>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('companionPage.phones.revoke', { name })}
            title={t('companionPage.phones.revoke', { name })}
            onClick={() => void attempt(() => revoke(id))}
          >
            <IconX size={14} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
