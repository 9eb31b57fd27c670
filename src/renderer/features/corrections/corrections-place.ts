import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { useStudioStore } from '../../stores/use-studio';
import type { Place } from '../place';
import { correctionsActions } from './corrections-actions';
import { CorrectionsPlace } from './CorrectionsPlace';

export const correctionsPlace: Place = {
  id: 'corrections',
  under: 'label',
  icon: IconInbox,
  useStatus: useCorrectionsStatus,
  Component: CorrectionsPlace,
  actions: correctionsActions,
};

function useCorrectionsStatus(): string | undefined {
  const { t } = useTranslation();
  const count = useStudioStore('corrections', ({ counts }) => counts.new);
  if (count === 0) return undefined;
  return t('corrections.status', { count, formatted: formatCount(count) });
}
