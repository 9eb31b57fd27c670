import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../stores/use-studio';
import classes from './LinkBanner.module.css';

/** A quiet line while the program is out of reach; what is on screen stays. */
export function LinkBanner() {
  const { t } = useTranslation();
  const { reconnect } = useStudio();
  const lost = useStudioStore('link', (state) => state.link === 'lost' && state.wasOpen);
  if (!lost) return undefined;
  return (
    <div className={classes.banner} role="status">
      {t('shell.link.lost')}
      <UnstyledButton className={classes.retry} onClick={reconnect}>
        {t('shell.link.retry')}
      </UnstyledButton>
    </div>
  );
}
