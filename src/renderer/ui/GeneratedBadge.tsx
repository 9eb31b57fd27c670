import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './GeneratedBadge.module.css';

/** Stands wherever drawn pictures could be taken for photographs. */
export function GeneratedBadge() {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('common.generatedHint')} multiline w={260} events={shownOn}>
      <span className={classes.badge} tabIndex={0}>
        {t('common.generated')}
      </span>
    </Tooltip>
  );
}

const shownOn = { hover: true, focus: true, touch: true };
