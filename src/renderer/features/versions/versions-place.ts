import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { useStudioStore } from '../../stores/use-studio';
import type { Place } from '../place';
import { versionsActions } from './versions-actions';
import { VersionsPlace } from './VersionsPlace';

export const versionsPlace: Place = {
  id: 'versions',
  under: 'photos',
  icon: IconHistory,
  useStatus: useVersionsStatus,
  Component: VersionsPlace,
  actions: versionsActions,
};

function useVersionsStatus(): string | undefined {
  const { t } = useTranslation();
  const count = useStudioStore('versions', ({ versions }) => versions?.length ?? 0);
  return count === 0 ? undefined : t('versions.status', { count, formatted: formatCount(count) });
}
