import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { EmptyState } from '../../ui/EmptyState';
import classes from './ComparisonPlace.module.css';
import { ComparisonPanel } from './ComparisonPanel';
import { ComparisonSetup } from './ComparisonSetup';

/** Left: what to compare, and what was compared before. Right: one comparison in full. */
export function ComparisonPlace() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const models = useStudioStore('models', (state) => state.models);
  const comparisons = useStudioStore('comparisons', (state) => state.comparisons);
  if (!models || !comparisons) return <main />;
  if (models.length < 2 && comparisons.length === 0) {
    const missing = models.length === 0 ? 'noModel' : 'oneModel';
    return (
      <EmptyState
        icon={<IconArrowsDiff size={30} stroke={1.4} />}
        title={t(`comparison.empty.${missing}.title`)}
        text={t(`comparison.empty.${missing}.text`)}
      >
        <Button size="sm" onClick={() => stores.view.getState().goTo('train')}>
          {t('comparison.empty.toTrain')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <main className={classes.place}>
      <ComparisonSetup models={models} comparisons={comparisons} />
      <ComparisonPanel />
    </main>
  );
}
