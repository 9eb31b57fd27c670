import { Radio } from '@mantine/core';
import type { Model, ModelId } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatBytes } from '../../i18n/format';
import { useStudio } from '../../stores/use-studio';
import classes from './ModelChoice.module.css';

interface ModelChoiceProps {
  /** Newest first. */
  models: readonly Model[];
  chosenId: ModelId;
}

/** The models that can go to an app. */
export function ModelChoice({ models, chosenId }: ModelChoiceProps) {
  const { t } = useTranslation();
  const { select } = useStudio().stores.deploy.getState();
  return (
    <Radio.Group label={t('deploy.model.title')} value={chosenId} onChange={select}>
      <div className={classes.models}>
        {models.map(({ id, name, precision, bytes, createdAt }) => (
          <Radio.Card key={id} value={id} className={classes.model}>
            <Radio.Indicator size="xs" />
            <div className={classes.about}>
              <div className={classes.name} title={name}>
                {name}
              </div>
              <div className={classes.facts}>
                {[precision, formatBytes(bytes), formatAgo(createdAt)].join(' · ')}
              </div>
            </div>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
