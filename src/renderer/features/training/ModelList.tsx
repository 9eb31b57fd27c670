import { Badge, UnstyledButton } from '@mantine/core';
import type { Model, ModelId } from '@shared/domain/model';
import { IconCornerDownRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatBytes } from '../../i18n/format';
import { useStudio } from '../../stores/use-studio';
import classes from './ModelList.module.css';
import { inFamilies } from './in-families';

interface ModelListProps {
  models: readonly Model[];
  selectedId: ModelId | undefined;
}

/** All models of the project; quantized ones stand under the model they were made from. */
export function ModelList({ models, selectedId }: ModelListProps) {
  const { t } = useTranslation();
  const { select } = useStudio().stores.training.getState();
  return (
    <nav className={classes.list} aria-label={t('training.models.title')}>
      {inFamilies(models).map(({ model, isChild }) => (
        <UnstyledButton
          key={model.id}
          className={classes.model}
          aria-current={model.id === selectedId || undefined}
          onClick={() => select(model.id)}
        >
          {isChild && <IconCornerDownRight size={14} className={classes.branch} />}
          <span className={classes.name}>{model.name}</span>
          <Badge variant={isChild ? 'outline' : 'light'} tt="none">
            {model.precision}
          </Badge>
          <span className={classes.size}>{formatBytes(model.bytes)}</span>
          <span className={classes.age}>{formatAgo(model.createdAt)}</span>
        </UnstyledButton>
      ))}
    </nav>
  );
}
