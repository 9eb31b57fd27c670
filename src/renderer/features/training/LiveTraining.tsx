import { Button } from '@mantine/core';
import type { Job } from '@shared/domain/job';
import { useTranslation } from 'react-i18next';
import { formatDuration, formatPercent } from '../../i18n/format';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { Fact } from '../../ui/Fact';
import { ProgressLine } from '../../ui/ProgressLine';
import { TrainingCurves } from './TrainingCurves';
import classes from './ModelRecord.module.css';

/** A training while it runs: its curves, and the two ways to end it. */
export function LiveTraining({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { client, stores } = useStudio();
  const run = useStudioStore('training', (state) => state.run);
  const live = run?.jobId === job.id ? run : undefined;
  const last = live?.records.at(-1);
  const best = live?.records.find(({ epoch }) => epoch === live.bestEpoch);
  return (
    <section className={classes.record} aria-label={job.title}>
      <header className={classes.header}>
        <div>
          <h2 className={classes.title}>{job.title}</h2>
          <p className={classes.about} role="status">
            {[
              job.step,
              job.remainingMs !== undefined &&
                t('shell.tray.left', { duration: formatDuration(job.remainingMs) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <div className={classes.buttons}>
          <Button
            disabled={!live}
            onClick={() =>
              void attempt(() => client.call('training.stopAndKeepBest', { jobId: job.id }))
            }
          >
            {t('training.live.stop')}
          </Button>
          <Button
            variant="default"
            onClick={() => void attempt(() => stores.jobs.getState().cancel(job.id))}
          >
            {t('common.cancel')}
          </Button>
        </div>
      </header>
      <ProgressLine done={job.done} total={job.total} />
      {live && last && best && (
        <>
          <div className={classes.facts}>
            <Fact
              name={t('training.live.epoch')}
              value={last.epoch}
              detail={t('training.live.ofEpochs', { epochs: live.epochs })}
            />
            <Fact
              name={t('training.live.best')}
              value={formatPercent(best.validationAccuracy)}
              detail={t('training.live.atEpoch', { epoch: best.epoch })}
            />
            <Fact name={t('training.live.now')} value={formatPercent(last.validationAccuracy)} />
          </div>
          <TrainingCurves records={live.records} bestEpoch={live.bestEpoch} />
        </>
      )}
    </section>
  );
}
