import { Button, SegmentedControl } from '@mantine/core';
import type { IssueState } from '@shared/api/issues-api';
import { useTranslation } from 'react-i18next';
import { formatAgo } from '../../i18n/format';
import { activeJob } from '../../stores/jobs-store';
import { currentKind } from '../../stores/issues-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import classes from './IssuesToolbar.module.css';

const states = ['open', 'kept', 'ignored'] as const satisfies readonly IssueState[];

/** Open or decided issues, how old the analysis is, and doing it again. */
export function IssuesToolbar() {
  const { t } = useTranslation();
  const { stores, client } = useStudio();
  const state = useStudioStore('issues', (issues) => issues.state);
  const overview = useStudioStore('issues', (issues) => issues.overview);
  const isRunning = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'analyze') !== undefined);
  const show = (value: string) => {
    const { show: showKind } = stores.issues.getState();
    const kind = currentKind(stores.issues.getState());
    const wanted = states.find((name) => name === value);
    if (kind && wanted) void attempt(() => showKind(kind, wanted));
  };
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('issues.states.name')}
        data={states.map((value) => ({ value, label: t(`issues.states.${value}`) }))}
        value={state}
        onChange={show}
      />
      <span className={classes.when} role="status" data-stale={overview?.stale || undefined}>
        {overview?.analyzedAt !== undefined &&
          t(overview.stale ? 'issues.stale' : 'issues.analyzed', {
            ago: formatAgo(overview.analyzedAt),
          })}
      </span>
      <Button
        variant="default"
        size="compact-sm"
        disabled={isRunning}
        onClick={() => void attempt(() => client.call('issues.analyze', {}))}
      >
        {t('issues.actions.again')}
      </Button>
    </>
  );
}
