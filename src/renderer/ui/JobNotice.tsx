import { Button } from '@mantine/core';
import type { Job, JobId } from '@shared/domain/job';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../i18n/format';
import { attempt } from './attempt';
import classes from './JobNotice.module.css';
import { ProgressLine } from './ProgressLine';

interface JobNoticeProps {
  /** The job that this place is about, if there was one. */
  job: Job | undefined;
  /** What can be done to a job: the jobs store has it. */
  commands: Record<'cancel' | 'resume' | 'dismiss', (id: JobId) => Promise<unknown>>;
}

/** A job where its result will appear: progress while it runs, what went wrong when it did. */
export function JobNotice({ job, commands }: JobNoticeProps) {
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
            <Button variant="default" onClick={() => void attempt(() => commands.cancel(job.id))}>
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
              <Button variant="default" onClick={() => void attempt(() => commands.resume(job.id))}>
                {t('shell.tray.resume')}
              </Button>
            )}
            <Button
              variant="subtle"
              color="gray"
              onClick={() => void attempt(() => commands.dismiss(job.id))}
            >
              {t('common.close')}
            </Button>
          </div>
        </section>
      );
    default:
      return undefined;
  }
}
