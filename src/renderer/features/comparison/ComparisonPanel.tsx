import { IconArrowsDiff } from '@tabler/icons-react';
import { toShape } from '@shared/api/errors';
import { unpackComparison } from '@shared/domain/packed-comparison';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { activeJob } from '../../stores/jobs-store';
import { useCall } from '../../stores/use-call';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { EmptyState } from '../../ui/EmptyState';
import { JobNotice } from '../../ui/JobNotice';
import classes from './ComparisonPlace.module.css';
import { ComparisonReport } from './ComparisonReport';
import { reportSections } from './report-sections';
import { SectionNav } from './SectionNav';
import { TradeOffSection } from './TradeOffSection';

/** The comparison that is open, under the one that runs. */
export function ComparisonPanel() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const job = useStudioStore(
    'jobs',
    ({ jobs }) => activeJob(jobs, 'compare') ?? jobs.find(({ kind }) => kind === 'compare'),
  );
  const latest = useStudioStore('comparisons', (state) => state.latest);
  const openId = useStudioStore('comparisons', (state) => state.openId);
  const isOlder = openId !== undefined && openId !== latest?.id;
  const opened = useCall('evaluation.comparison', isOlder ? { comparisonId: openId } : undefined);
  const older = useMemo(() => opened.value && unpackComparison(opened.value), [opened.value]);
  const shown = [latest, older].find((comparison) =>
    isOlder ? comparison?.id === openId : comparison === latest,
  );
  const modelIds = useStudioStore('models', ({ models }) => models?.map(({ id }) => id).join());
  const asked = `${latest?.id} ${modelIds}`;
  const tradeOff = useCall('evaluation.tradeOff', {}, asked).value?.tradeOff;
  const hasTradeOff = tradeOff !== undefined && tradeOff.models.length > 1;
  const problem = opened.error === undefined ? undefined : toShape(opened.error);
  return (
    <div className={classes.panel}>
      <JobNotice job={job} commands={stores.jobs.getState()} />
      {problem ? (
        <EmptyState
          icon={<IconArrowsDiff size={30} stroke={1.4} />}
          title={problem.message}
          text={problem.remedy ?? ''}
        />
      ) : shown ? (
        <>
          <SectionNav
            sections={reportSections.filter((section) => section !== 'models' || hasTradeOff)}
          />
          <ComparisonReport key={shown.id} comparison={shown} />
        </>
      ) : (
        !isOlder && (
          <EmptyState
            icon={<IconArrowsDiff size={30} stroke={1.4} />}
            title={t('comparison.empty.notRun.title')}
            text={t('comparison.empty.notRun.text')}
          />
        )
      )}
      {tradeOff && hasTradeOff && <TradeOffSection tradeOff={tradeOff} />}
    </div>
  );
}
