import { Button, MultiSelect, SegmentedControl, Select, type SelectProps } from '@mantine/core';
import type { ComparisonSummary } from '@shared/domain/comparison';
import type { Model } from '@shared/domain/model';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatBytes } from '../../i18n/format';
import { activeJob } from '../../stores/jobs-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { KeyCaps } from '../../ui/KeyCaps';
import { SidePanel } from '../../ui/SidePanel';
import { chosenModels, mostOthers } from './chosen-models';
import { ComparisonList } from './ComparisonList';
import classes from './ComparisonSetup.module.css';
import { startComparison } from './start-comparison';

interface ComparisonSetupProps {
  models: readonly Model[];
  comparisons: readonly ComparisonSummary[];
}

/** Which models on which photos; below, what was compared before. */
export function ComparisonSetup({ models, comparisons }: ComparisonSetupProps) {
  const { t } = useTranslation();
  const studio = useStudio();
  const { choose } = studio.stores.comparisons.getState();
  const choice = useStudioStore('comparisons', (state) => state.choice);
  const isRunning = useStudioStore('jobs', ({ jobs }) => activeJob(jobs, 'compare') !== undefined);
  const { first, others } = chosenModels(choice, models);
  const options = models.map(({ id, name, precision }) => ({
    value: id,
    label: name.includes(precision) ? name : `${name} · ${precision}`,
  }));
  const renderOption: SelectProps['renderOption'] = ({ option }) => {
    const model = models.find(({ id }) => id === option.value);
    return (
      <div>
        {option.label}
        {model && (
          <div className={classes.detail}>
            {[model.id, formatBytes(model.bytes), formatAgo(model.createdAt)].join(' · ')}
          </div>
        )}
      </div>
    );
  };
  return (
    <SidePanel title={t('comparison.setup.title')}>
      <div className={classes.fields}>
        <Select
          label={t('comparison.setup.first')}
          description={t('comparison.setup.firstHint')}
          data={options}
          renderOption={renderOption}
          value={first?.id ?? null}
          allowDeselect={false}
          onChange={(firstId) => choose({ firstId: firstId ?? undefined })}
        />
        <MultiSelect
          label={t('comparison.setup.others')}
          description={t('comparison.setup.othersHint', { most: mostOthers })}
          data={options.filter(({ value }) => value !== first?.id)}
          renderOption={renderOption}
          value={others.map(({ id }) => id)}
          maxValues={mostOthers}
          hidePickedOptions
          size="xs"
          classNames={{ pill: classes.pill }}
          searchable
          error={others.length === 0 ? t('comparison.setup.noOther') : undefined}
          onChange={(otherIds) => choose({ otherIds })}
        />
        <div>
          <div className={classes.label} id="comparison-split">
            {t('comparison.setup.split')}
          </div>
          <SegmentedControl
            fullWidth
            aria-labelledby="comparison-split"
            value={choice.split}
            data={[
              { value: 'test', label: t('comparison.split.test') },
              { value: 'validation', label: t('comparison.split.validation') },
            ]}
            onChange={(value) => choose({ split: value === 'validation' ? value : 'test' })}
          />
          {choice.split === 'validation' && (
            <p className={classes.hint}>{t('comparison.setup.validationHint')}</p>
          )}
        </div>
        <Button
          fullWidth
          size="sm"
          leftSection={<IconArrowsDiff size={16} />}
          rightSection={<KeyCaps text="mod+Enter" />}
          disabled={isRunning || !first || others.length === 0}
          onClick={() => void attempt(() => startComparison(studio))}
        >
          {t('comparison.actions.run')}
        </Button>
      </div>
      <ComparisonList comparisons={comparisons} models={models} />
    </SidePanel>
  );
}
