import { Button } from '@mantine/core';
import type { Job } from '@shared/domain/job';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../i18n/format';
import classes from './JobNotice.module.css';
import { ProgressLine } from './ProgressLine';

interface JobNoticeProps {
  /** The job that this place is about, if there was one. */
  job: Job | undefined;
  onCancel(job: Job): void;
  onRetry(job: Job): void;
  onDismiss(job: Job): void;
}

/** A job where its result will appear: progress while it runs, what went wrong when it did. */
export function JobNotice({ job, onCancel, onRetry, onDismiss }: JobNoticeProps) {
  const { t } = useTranslation();
  switch (job?.state) {
    case 'queued':
    case 'running':
      return (
        <section className={classes.notice} aria-label={job.title}>
          <div className={classes.heading}>
            <strong>{job.title}</strong>
            <span className={classes.detail} role="status">
              {[
                job.step,
                job.remainingMs !== undefined &&
                  t('shell.tray.left', { duration: formatDuration(job.remainingMs) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <Button variant="default" onClick={() => onCancel(job)}>
              {t('common.cancel')}
            </Button>
          </div>
          <ProgressLine done={job.done} total={job.total} />
        </section>
      );
    case 'failed':
    case 'interrupted':
      return (
        <section className={classes.notice} data-tone="bad" role="alert">
          <div className={classes.heading}>
            <IconAlertTriangle size={16} className={classes.icon} aria-hidden />
            <span className={classes.problem}>
              {job.error
                ? `${job.error.message} ${job.error.remedy ?? ''}`
                : `${job.title}: ${t(`shell.tray.state.${job.state}`)}`}
            </span>
            {job.resumable && (
              <Button variant="default" onClick={() => onRetry(job)}>
                {t('shell.tray.resume')}
              </Button>
            )}
            <Button variant="subtle" color="gray" onClick={() => onDismiss(job)}>
              {t('common.close')}
            </Button>
          </div>
        </section>
      );
    default:
      return undefined;
  }
}
