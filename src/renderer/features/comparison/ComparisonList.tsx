import { UnstyledButton } from '@mantine/core';
import type { ComparisonSummary } from '@shared/domain/comparison';
import type { Model, ModelId } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';
import { formatAgo } from '../../i18n/format';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import classes from './ComparisonList.module.css';

interface ComparisonListProps {
  /** Newest first. */
  comparisons: readonly ComparisonSummary[];
  models: readonly Model[];
}

/** Every saved comparison; opening one runs nothing. */
export function ComparisonList({ comparisons, models }: ComparisonListProps) {
  const { t } = useTranslation();
  const { open } = useStudio().stores.comparisons.getState();
  const openId = useStudioStore('comparisons', (state) => state.openId) ?? comparisons[0]?.id;
  // A model that was removed keeps its id.
  const nameOf = (modelId: ModelId) => {
    const model = models.find(({ id }) => id === modelId);
    return model ? `${model.name} ${model.precision}` : modelId;
  };
  if (comparisons.length === 0) return undefined;
  return (
    <nav className={classes.list} aria-label={t('comparison.list.title')}>
      <h3 className={classes.title}>{t('comparison.list.title')}</h3>
      {comparisons.map(({ id, createdAt, split, modelIds, verdict, note }) => (
        <UnstyledButton
          key={id}
          className={classes.entry}
          aria-current={id === openId || undefined}
          onClick={() => open(id)}
        >
          <span className={classes.when}>
            {formatAgo(createdAt)} · {t(`comparison.split.${split}`)}
          </span>
          <span className={classes.verdict} title={modelIds.map(nameOf).join('\n')}>
            {note || verdict}
          </span>
        </UnstyledButton>
      ))}
    </nav>
  );
}
