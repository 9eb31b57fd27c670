import { Button } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../i18n/format';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import classes from './MissingBanner.module.css';

/** Photos whose files are gone: which they are, and a way to find them again. */
export function MissingBanner() {
  const { t } = useTranslation();
  const { imports } = useStudio();
  const missing = useStudioStore('dataset', ({ summary }) => summary?.missing ?? 0);
  const isShown = useStudioStore('photos', ({ filter }) => filter.missing === true);
  const setFilter = useStudioStore('photos', (state) => state.setFilter);
  if (missing === 0) return undefined;
  return (
    <div className={classes.banner} role="status">
      <IconUnlink className={classes.icon} size={16} aria-hidden />
      <span className={classes.text}>
        {t('library.missing.text', { count: missing, formatted: formatCount(missing) })}
      </span>
      {!isShown && (
        <Button variant="default" size="compact-xs" onClick={() => setFilter({ missing: true })}>
          {t('library.missing.show')}
        </Button>
      )}
      <Button
        size="compact-xs"
        onClick={() => void attempt(() => imports.fromDialog('folder', 'relink'))}
      >
        {t('library.missing.find')}
      </Button>
    </div>
  );
}
