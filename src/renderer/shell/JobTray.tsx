import { UnstyledButton } from '@mantine/core';
import { isFinished, type Job } from '@shared/domain/job';
import { IconAlertTriangle, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KeyCaps } from '../ui/KeyCaps';
import { ProgressLine } from '../ui/ProgressLine';
import { useStudioStore } from '../stores/use-studio';
import { openPalette } from './CommandPalette';
import { JobRow } from './JobRow';
import classes from './JobTray.module.css';
import { progressText } from './progress-text';
import { UploadRow } from './UploadRow';

/** The bottom line: what runs, and on request the list of jobs. Never in anybody's way. */
export function JobTray() {
  const { t } = useTranslation();
  const jobs = useStudioStore('jobs', (state) => state.jobs);
  const uploads = useStudioStore('uploads', (state) => state.uploads);
  const isOpen = useStudioStore('view', (view) => view.trayOpen);
  const set = useStudioStore('view', (view) => view.set);
  return (
    <footer className={classes.tray}>
      {isOpen && (
        <section className={classes.list} aria-label={t('shell.tray.title')}>
          {jobs.length + uploads.length === 0 && (
            <p className={classes.none}>{t('shell.tray.noneYet')}</p>
          )}
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </section>
      )}
      <div className={classes.line}>
        <UnstyledButton
          className={classes.summary}
          aria-expanded={isOpen}
          aria-label={t(isOpen ? 'shell.tray.hide' : 'shell.tray.show')}
          onClick={() => set({ trayOpen: !isOpen })}
        >
          {isOpen ? (
            <IconChevronDown size={14} aria-hidden />
          ) : (
            <IconChevronUp size={14} aria-hidden />
          )}
          <TraySummary jobs={jobs} />
        </UnstyledButton>
        <UnstyledButton className={classes.hint} onClick={openPalette}>
          {t('shell.commands.hint')} <KeyCaps text="mod+k" />
        </UnstyledButton>
        <UnstyledButton className={classes.hint} onClick={() => set({ keysOpen: true })}>
          {t('shell.keys.hint')} <KeyCaps text="?" />
        </UnstyledButton>
      </div>
    </footer>
  );
}

/** One line: the upload or job under way, else what went wrong last, else quiet. */
function TraySummary({ jobs }: { jobs: readonly Job[] }) {
  const { t } = useTranslation();
  const uploads = useStudioStore('uploads', (state) => state.uploads);
  const active = jobs.filter((job) => !isFinished(job));
  const running = active.find((job) => job.state === 'running') ?? active[0];
  const troubled = jobs.find((job) => job.state === 'failed' || job.state === 'interrupted');
  const upload = uploads[0];
  if (upload?.progress) {
    const { doneBytes, totalBytes, totalFiles } = upload.progress;
    return (
      <>
        <span>{t('shell.tray.upload', { count: totalFiles })}</span>
        <ProgressLine done={doneBytes} total={totalBytes} width={120} />
      </>
    );
  }
  if (running) {
    const more = active.length - 1;
    return (
      <>
        <span className={classes.title}>{running.title}</span>
        <ProgressLine done={running.done} total={running.total} width={120} />
        <span className={classes.detail}>{progressText(running, t)}</span>
        {more > 0 && (
          <span className={classes.detail}>{t('shell.tray.more', { count: more })}</span>
        )}
      </>
    );
  }
  if (troubled) {
    return (
      <>
        <IconAlertTriangle className={classes.trouble} size={14} aria-hidden />
        <span>{troubled.title}</span>
        <span className={classes.detail}>{t(`shell.tray.state.${troubled.state}`)}</span>
      </>
    );
  }
  return <span className={classes.detail}>{t('shell.tray.none')}</span>;
}
