import { IconSchool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatAgo } from '../../i18n/format';
import { activeJob } from '../../stores/jobs-store';
import { useStudioStore } from '../../stores/use-studio';
import type { Place } from '../place';
import { trainingActions } from './training-actions';
import { TrainingPlace } from './TrainingPlace';

export const trainingPlace: Place = {
  id: 'train',
  icon: IconSchool,
  useStatus: useTrainingStatus,
  Component: TrainingPlace,
  actions: trainingActions,
};

function useTrainingStatus(): string | undefined {
  const { t } = useTranslation();
  const job = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'train'));
  const run = useStudioStore('training', (state) => state.run);
  const newest = useStudioStore('models', ({ models }) =>
    models?.find((model) => model.training !== undefined),
  );
  if (job) {
    const epoch = run?.jobId === job.id ? run.records.length : 0;
    return epoch > 0 ? t('training.status.epoch', { epoch }) : t('training.status.preparing');
  }
  return newest && t('training.status.trained', { ago: formatAgo(newest.createdAt) });
}
