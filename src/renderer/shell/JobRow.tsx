import { Anchor, Button, CloseButton, Collapse } from '@mantine/core';
import { isFinished, type Job } from '@shared/domain/job';
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconClock,
  IconLoader2,
  IconPlayerPause,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAgo } from '../i18n/format';
import { attempt } from '../ui/attempt';
import { ProgressLine } from '../ui/ProgressLine';
import { useStudio } from '../stores/use-studio';
import { JobResult } from './JobResult';
import classes from './JobTray.module.css';
import { progressText } from './progress-text';

const icons = {
  queued: IconClock,
  running: IconLoader2,
  done: IconCheck,
  failed: IconAlertTriangle,
  cancelled: IconBan,
  interrupted: IconPlayerPause,
};

export function JobRow({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { cancel, resume, dismiss } = useStudio().stores.jobs.getState();
  const [isLogOpen, setIsLogOpen] = useState(false);
  const finished = isFinished(job);
  const Icon = icons[job.state];
  return (
    <article className={classes.row} data-state={job.state}>
      <Icon className={classes.stateIcon} size={16} stroke={1.8} aria-hidden />
      <div className={classes.about}>
        <div className={classes.heading}>
          <span className={classes.title}>{job.title}</span>
          <span className={classes.detail}>
            {progressText(job, t)}
            {job.finishedAt && ` · ${formatAgo(job.finishedAt)}`}
          </span>
        </div>
        {!finished && <ProgressLine done={job.done} total={job.total} />}
        {job.error && (
          <p className={classes.error}>
            {job.error.message} {job.error.remedy}
          </p>
        )}
        <Collapse expanded={isLogOpen}>
          <pre className={classes.log}>{job.log.join('\n') || t('shell.tray.emptyLog')}</pre>
        </Collapse>
      </div>
      <div className={classes.buttons}>
        <Anchor
          component="button"
          size="xs"
          c="dimmed"
          aria-expanded={isLogOpen}
          onClick={() => setIsLogOpen(!isLogOpen)}
        >
          {t('shell.tray.log')}
        </Anchor>
        <JobResult job={job} />
        {!finished && (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => void attempt(() => cancel(job.id))}
          >
            {t('shell.tray.cancel')}
          </Button>
        )}
        {finished && job.state !== 'done' && job.resumable && (
          <Button size="compact-xs" onClick={() => void attempt(() => resume(job.id))}>
            {t('shell.tray.resume')}
          </Button>
        )}
        {finished && (
          <CloseButton
            size="sm"
            aria-label={t('shell.tray.dismiss')}
            title={t('shell.tray.dismiss')}
            onClick={() => void attempt(() => dismiss(job.id))}
          />
        )}
      </div>
    </article>
  );
}
