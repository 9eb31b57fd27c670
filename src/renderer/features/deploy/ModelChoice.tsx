import { Radio } from '@mantine/core';
import type { Model, ModelId } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatBytes } from '../../i18n/format';
import { useStudio } from '../../stores/use-studio';
import { ChoiceCard } from '../../ui/ChoiceCard';

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
    <Radio.Group aria-label={t('deploy.model.title')} value={chosenId} onChange={select}>
      {models.map(({ id, name, precision, bytes, createdAt }) => (
        <ChoiceCard
          key={id}
          value={id}
          title={name}
          facts={[[precision, formatBytes(bytes), formatAgo(createdAt)].join(' · ')]}
        />
      ))}
    </Radio.Group>
  );
}
