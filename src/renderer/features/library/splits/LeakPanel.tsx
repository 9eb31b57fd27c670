import { Button } from '@mantine/core';
import { isLeakClear, type LeakWorth } from '@shared/domain/leak-worth';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDateTime, formatPercent, formatPoints } from '../../../i18n/format';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { IntervalMark } from '../../../ui/IntervalMark';
import { ProgressLine } from '../../../ui/ProgressLine';
import classes from './LeakPanel.module.css';

/** What dealing photo by photo, copies on both sides, would have been worth: measured when asked. */
export function LeakPanel() {
  const { t } = useTranslation();
  const { client } = useStudio();
  const worth = useStudioStore('splits', (splits) => splits.worth);
  const job = useStudioStore('jobs', ({ jobs }) =>
    jobs.find(({ kind, state }) => kind === 'leak' && (state === 'running' || state === 'queued')),
  );
  return (
    <section className={classes.panel} aria-label={t('library.leak.title')}>
      <header className={classes.header}>
        <h4 className={classes.title}>{t('library.leak.title')}</h4>
        <Button
          variant="default"
          disabled={job !== undefined}
          onClick={() => void attempt(() => client.call('leak.measure', {}))}
        >
          {t(worth ? 'library.leak.again' : 'library.leak.measure')}
        </Button>
      </header>
      {job && <ProgressLine done={job.done} total={job.total ?? 0} />}
      {worth ? <Worth worth={worth} /> : <p className={classes.text}>{t('library.leak.text')}</p>}
    </section>
  );
}

function Worth({ worth }: { worth: LeakWorth }) {
  const { t } = useTranslation();
  const { naive, honest, difference, leaked, photos, groups, repeats, backbone, at } = worth;
  const sentence = isLeakClear(worth)
    ? t('library.leak.clear', { points: formatPoints(difference.mean) })
    : t('library.leak.unclear');
  const lowest = Math.min(naive.interval.low, honest.interval.low);
  const scale = { low: Math.max(0, Math.floor(lowest * 20 - 1) / 20), high: 1 };
  return (
    <>
      {(['naive', 'honest'] as const).map((name) => {
        const { mean, interval } = worth[name];
        return (
          <div key={name} className={classes.measure}>
            <span>{t(`library.leak.${name}`)}</span>
            <span className={classes.value}>{formatPercent(mean)}</span>
            <IntervalMark
              value={mean}
              interval={interval}
              scale={scale}
              label={t('library.leak.mark', {
                name: t(`library.leak.${name}`),
                low: formatPercent(interval.low),
                high: formatPercent(interval.high),
              })}
              format={(value) => formatPercent(value, 0)}
            />
          </div>
        );
      })}
      <p className={classes.sentence}>{sentence}</p>
      <p className={classes.text}>
        {t('library.leak.leaked', { share: formatPercent(leaked, 0) })}{' '}
        {t('library.leak.provenance', {
          repeats: formatCount(repeats),
          photos: formatCount(photos),
          groups: formatCount(groups),
          backbone,
          at: formatDateTime(at),
        })}
      </p>
    </>
  );
}
