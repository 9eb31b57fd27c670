import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Stands wherever drawn pictures could be taken for photographs. */
export function GeneratedBadge() {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('common.generatedHint')} multiline w={260}>
      <Badge color="yellow" variant="outline" tabIndex={0} tt="none">
        {t('common.generated')}
      </Badge>
    </Tooltip>
  );
}
