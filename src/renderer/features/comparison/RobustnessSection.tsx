import { Button } from '@mantine/core';
import type { Comparison } from '@shared/domain/comparison';
import { isFinished } from '@shared/domain/job';
import { type Robustness, widestGap } from '@shared/domain/robustness';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDateTime } from '../../i18n/format';
import { useCall } from '../../stores/use-call';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { JobNotice } from '../../ui/JobNotice';
import report from './ComparisonReport.module.css';
import { DisturbanceChart } from './DisturbanceChart';
import { DisturbanceTable } from './DisturbanceTable';
import classes from './RobustnessSection.module.css';
import { sectionProps } from './report-sections';

interface RobustnessSectionProps {
  comparison: Comparison;
  names: readonly string[];
}

/** How the models answer as pictures get worse, and where they part: measured when asked. */
export function RobustnessSection({ comparison, names }: RobustnessSectionProps) {
  const { t } = useTranslation();
  const { client, stores } = useStudio();
  const job = useStudioStore('jobs', ({ jobs }) => jobs.find(({ kind }) => kind === 'disturb'));
  const { id: comparisonId } = comparison;
  const { value } = useCall('evaluation.robustness', { comparisonId }, job?.state);
  return (
    <section {...sectionProps('robustness')} aria-label={t('robustness.title')}>
      <header className={report.sectionHeader}>
        <h3 className={report.sectionTitle}>{t('robustness.title')}</h3>
        <Button
          size="compact-sm"
          variant="default"
          disabled={job !== undefined && !isFinished(job)}
          onClick={() => void attempt(() => client.call('evaluation.disturb', { comparisonId }))}
        >
          {t(value?.robustness ? 'robustness.again' : 'robustness.start')}
        </Button>
      </header>
      <p className={report.hint}>{t('robustness.hint')}</p>
      <JobNotice job={job} commands={stores.jobs.getState()} />
      {value?.robustness && <Measured robustness={value.robustness} names={names} />}
    </section>
  );
}

interface MeasuredProps {
  robustness: Robustness;
  names: readonly string[];
}

function Measured({ robustness, names }: MeasuredProps) {
  const { t } = useTranslation();
  const { photos, runtime, at, plain, effects } = robustness;
  const gap = widestGap(robustness);
  return (
    <>
      <p className={classes.gap}>
        {gap
          ? t(gap.lost > 0 ? 'robustness.loses' : 'robustness.gains', {
              name: names[gap.model] ?? '',
              first: names[0] ?? '',
              lost: formatCount(Math.abs(gap.lost)),
              photos: formatCount(photos),
              kind: t(`robustness.kinds.${gap.disturbance}`),
              strength: t(`robustness.strengths.${gap.disturbance}`, { strength: gap.strength }),
            })
          : t('robustness.nowhere', { photos: formatCount(photos) })}
      </p>
      <ul className={classes.legend}>
        {names.map((name, index) => (
          <li key={name} data-model={index}>
            {name}
          </li>
        ))}
      </ul>
      <div className={classes.charts}>
        {effects.map((effect) => (
          <DisturbanceChart
            key={effect.disturbance}
            effect={effect}
            plain={plain}
            photos={photos}
            names={names}
          />
        ))}
      </div>
      <details className={classes.figures}>
        <summary>{t('robustness.figures')}</summary>
        <DisturbanceTable robustness={robustness} names={names} />
      </details>
      <p className={report.hint}>
        {t('robustness.provenance', {
          count: photos,
          photos: formatCount(photos),
          runtime,
          at: formatDateTime(at),
        })}
      </p>
    </>
  );
}
