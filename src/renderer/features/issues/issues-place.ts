import { IconChecklist } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { activeJob } from '../../stores/jobs-store';
import { useStudioStore } from '../../stores/use-studio';
import type { Place } from '../place';
import { issuesActions } from './issues-actions';
import { IssuesPlace } from './IssuesPlace';

export const issuesPlace: Place = {
  id: 'issues',
  under: 'photos',
  icon: IconChecklist,
  useStatus: useIssuesStatus,
  Component: IssuesPlace,
  actions: issuesActions,
};

function useIssuesStatus(): string | undefined {
  const { t } = useTranslation();
  const isRunning = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'analyze') !== undefined);
  const overview = useStudioStore('issues', (state) => state.overview);
  if (isRunning) return t('issues.status.running');
  if (overview?.analyzedAt === undefined) return undefined;
  const open = overview.kinds.reduce((sum, kind) => sum + kind.open, 0);
  return open === 0
    ? t('issues.status.none')
    : t('issues.status.open', { count: open, formatted: formatCount(open) });
}
