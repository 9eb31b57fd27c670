import { IconDeviceMobile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatAgo } from '../../i18n/format';
import { activeJob } from '../../stores/jobs-store';
import { useStudioStore } from '../../stores/use-studio';
import type { Place } from '../place';
import { deployActions } from './deploy-actions';
import { DeployPlace } from './DeployPlace';

export const deployPlace: Place = {
  id: 'deploy',
  icon: IconDeviceMobile,
  useStatus: useDeployStatus,
  Component: DeployPlace,
  actions: deployActions,
};

function useDeployStatus(): string | undefined {
  const { t } = useTranslation();
  const isRunning = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'export') !== undefined);
  const exportedAt = useStudioStore(
    'jobs',
    ({ jobs }) => jobs.find(({ kind, state }) => kind === 'export' && state === 'done')?.finishedAt,
  );
  const hasModel = useStudioStore('models', ({ models }) => (models?.length ?? 0) > 0);
  const phone = useStudioStore('phones', ({ devices }) =>
    devices?.find(({ state }) => state === 'ready'),
  );
  if (isRunning) return t('deploy.status.running');
  if (phone) return t('phones.connected', { name: phone.name });
  if (exportedAt !== undefined) return t('deploy.status.exported', { ago: formatAgo(exportedAt) });
  return hasModel ? t('deploy.status.ready') : undefined;
}
