import { Button } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCount } from '../i18n/format';
import { ProgressLine } from '../ui/ProgressLine';
import type { Upload } from '../stores/uploads-store';
import classes from './JobTray.module.css';

export function UploadRow({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const { doneFiles = 0, totalFiles = 0, doneBytes = 0, totalBytes } = upload.progress ?? {};
  return (
    <article className={classes.row}>
      <IconUpload className={classes.stateIcon} size={16} stroke={1.8} aria-hidden />
      <div className={classes.about}>
        <div className={classes.heading}>
          <span className={classes.title}>{t('shell.tray.upload', { count: totalFiles })}</span>
          <span className={classes.detail}>
            {t('shell.tray.doneOfTotal', {
              done: formatCount(doneFiles),
              total: formatCount(totalFiles),
            })}
            {totalBytes !== undefined && ` · ${formatBytes(totalBytes)}`}
          </span>
        </div>
        <ProgressLine done={doneBytes} total={totalBytes} />
      </div>
      <div className={classes.buttons}>
        <Button variant="default" size="compact-xs" onClick={upload.cancel}>
          {t('shell.tray.cancel')}
        </Button>
      </div>
    </article>
  );
}
