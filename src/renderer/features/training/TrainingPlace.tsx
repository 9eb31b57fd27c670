import { IconSchool } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { activeJob } from '../../stores/jobs-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { EmptyState } from '../../ui/EmptyState';
import { LiveTraining } from './LiveTraining';
import { ModelList } from './ModelList';
import { ModelRecord } from './ModelRecord';
import { TrainingSetup } from './TrainingSetup';
import classes from './TrainingPlace.module.css';

/** Left: what the next training needs. Right: the running one, or the models there are. */
export function TrainingPlace() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const summary = useStudioStore('dataset', (state) => state.summary);
  if (summary?.total === 0) {
    return (
      <EmptyState
        icon={<IconSchool size={30} stroke={1.4} />}
        title={t('training.empty.title')}
        text={t('training.empty.text')}
      >
        <Button size="sm" onClick={() => stores.view.getState().goTo('photos')}>
          {t('training.empty.toPhotos')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <main className={classes.place}>
      <TrainingSetup />
      <Results />
    </main>
  );
}

function Results() {
  const { t } = useTranslation();
  const job = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'train'));
  const models = useStudioStore('models', (state) => state.models);
  const selectedId = useStudioStore('training', (state) => state.selectedId);
  const model = models?.find(({ id }) => id === selectedId) ?? models?.[0];
  return (
    <div className={classes.results}>
      {models && models.length > 0 && <ModelList models={models} selectedId={model?.id} />}
      <div className={classes.detail}>
        {job && selectedId === undefined ? (
          <LiveTraining job={job} />
        ) : model ? (
          <ModelRecord key={model.id} model={model} />
        ) : (
          <EmptyState
            icon={<IconSchool size={30} stroke={1.4} />}
            title={t('training.noModel.title')}
            text={t('training.noModel.text')}
          />
        )}
      </div>
    </div>
  );
}
