import { IconArrowsDiff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatPoints } from '../../i18n/format';
import { activeJob } from '../../stores/jobs-store';
import { useStudioStore } from '../../stores/use-studio';
import type { Place } from '../place';
import { comparisonActions } from './comparison-actions';
import { ComparisonPlace } from './ComparisonPlace';

export const comparisonPlace: Place = {
  id: 'compare',
  icon: IconArrowsDiff,
  useStatus: useComparisonStatus,
  Component: ComparisonPlace,
  actions: comparisonActions,
};

function useComparisonStatus(): string | undefined {
  const { t } = useTranslation();
  const isRunning = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'compare') !== undefined);
  const difference = useStudioStore('comparisons', ({ latest }) => latest?.differences[0]);
  if (isRunning) return t('comparison.status.running');
  return difference && formatPoints(difference.top1);
}
