import { IconTag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { useStudioStore } from '../../stores/use-studio';
import type { Place } from '../place';
import { labelingActions } from './labeling-actions';
import { LabelingPlace } from './LabelingPlace';

export const labelingPlace: Place = {
  id: 'label',
  icon: IconTag,
  useStatus: useLabelingStatus,
  Component: LabelingPlace,
  actions: labelingActions,
};

function useLabelingStatus(): string | undefined {
  const { t } = useTranslation();
  const summary = useStudioStore('dataset', (state) => state.summary);
  if (!summary || summary.total === 0) return undefined;
  const { unlabeled } = summary;
  return unlabeled === 0
    ? t('labeling.status.done')
    : t('labeling.status.unlabeled', { count: unlabeled, formatted: formatCount(unlabeled) });
}
