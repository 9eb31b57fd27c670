import { IconChartScatter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { activeJob } from '../../stores/jobs-store';
import { useStudioStore } from '../../stores/use-studio';
import type { Place } from '../place';
import { mapActions } from './map-actions';
import { MapPlace } from './MapPlace';

export const mapPlace: Place = {
  id: 'map',
  under: 'photos',
  icon: IconChartScatter,
  useStatus: useMapStatus,
  Component: MapPlace,
  actions: mapActions,
};

function useMapStatus(): string | undefined {
  const { t } = useTranslation();
  const isRunning = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'map') !== undefined);
  return isRunning ? t('map.status.running') : undefined;
}
