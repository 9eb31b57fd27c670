import { Button } from '@mantine/core';
import type { Model } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import { activeJob } from '../../stores/jobs-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import record from './ModelRecord.module.css';
import classes from './ModelSettings.module.css';
import { startTraining } from './start-training';
import { toldSettings } from './told-settings';

/** What a model was made with, and the same once more. */
export function ModelSettings({ model }: { model: Model }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const { client, stores } = studio;
  const kind = model.training ? 'train' : 'quantize';
  const isBusy = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, kind) !== undefined);
  const isParentThere = useStudioStore('models', ({ models }) =>
    models?.some(({ id }) => id === model.parentId),
  );
  const { training, quantization, parentId } = model;
  const told = toldSettings(model, t);
  if (told.length === 0) return undefined;
  return (
    <section aria-label={t('training.made.title')}>
      <header className={classes.header}>
        <h3 className={record.sectionTitle}>{t('training.made.title')}</h3>
        {training && (
          <>
            <Button
              size="compact-sm"
              variant="default"
              disabled={isBusy}
              onClick={() => void attempt(() => startTraining(studio, training.settings))}
            >
              {t('training.made.again')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => stores.training.getState().change(training.settings)}
            >
              {t('training.made.use')}
            </Button>
          </>
        )}
        {quantization && parentId !== undefined && isParentThere && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={isBusy}
            onClick={() =>
              void attempt(() =>
                client.call('quantization.start', {
                  modelId: parentId,
                  settings: quantization.settings,
                }),
              )
            }
          >
            {t('training.made.again')}
          </Button>
        )}
      </header>
      <dl className={classes.settings}>
        {told.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={value}>{value}</dd>
          </div>
        ))}
      </dl>
      {training && <p className={record.note}>{t('training.made.hint')}</p>}
    </section>
  );
}
