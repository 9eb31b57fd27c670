import { Checkbox, NumberInput } from '@mantine/core';
import { type FineTuning, fineTuningSchema } from '@shared/domain/fine-tuning';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../i18n/format';
import { useCall } from '../../../stores/use-call';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { AugmentationDialog } from './AugmentationDialog';
import classes from './FineTuneSection.module.css';

/** Whether more than the head is trained, how much more, and on photos changed how. */
export function FineTuneSection() {
  const { t } = useTranslation();
  const { change } = useStudio().stores.training.getState();
  const settings = useStudioStore('training', (state) => state.settings);
  // Choices outlive switching it off and on again.
  const [draft, setDraft] = useState(() => settings.fineTuning ?? fineTuningSchema.parse({}));
  const { value: options } = useCall('fineTuning.options', { backbone: settings.backbone });
  const isOn = settings.fineTuning !== undefined;
  const most = options?.blocks.length ?? 0;
  const chosen = options?.blocks.find(({ blocks }) => blocks === draft.blocks);
  const update = (part: Partial<FineTuning>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    if (isOn) change({ fineTuning: next });
  };
  return (
    <section className={classes.section} aria-label={t('fineTuning.title')}>
      <Checkbox
        size="xs"
        label={t('fineTuning.blocks.name')}
        description={t('fineTuning.blocks.hint')}
        checked={isOn}
        disabled={(options?.engine === undefined || most === 0) && !isOn}
        onChange={(event) =>
          change({ fineTuning: event.currentTarget.checked ? draft : undefined })
        }
      />
      {options?.missing && (
        <div className={classes.missing} role="note">
          <p>
            {options.missing.message} {options.missing.remedy}
          </p>
          <p>{t('fineTuning.missing')}</p>
        </div>
      )}
      {options?.engine !== undefined && most === 0 && (
        <p className={classes.engine}>
          {[t('fineTuning.blocks.none'), options.limit].filter(Boolean).join(' ')}
        </p>
      )}
      {isOn && (
        <div className={classes.fields}>
          <NumberInput
            size="xs"
            label={t('fineTuning.blocks.count')}
            description={
              chosen && t('fineTuning.blocks.weights', { weights: formatCount(chosen.weights) })
            }
            value={draft.blocks}
            min={1}
            max={most}
            clampBehavior="strict"
            allowDecimal={false}
            onChange={(value) => {
              const { data } = fineTuningSchema.shape.blocks.safeParse(value);
              if (data !== undefined && data <= most) update({ blocks: data });
            }}
          />
          <NumberInput
            size="xs"
            label={t('fineTuning.blocks.epochs')}
            value={draft.epochs}
            min={1}
            max={500}
            clampBehavior="strict"
            allowDecimal={false}
            onChange={(value) => {
              const { data } = fineTuningSchema.shape.epochs.safeParse(value);
              if (data !== undefined) update({ epochs: data });
            }}
          />
        </div>
      )}
      <AugmentationDialog
        augmentation={draft.augmentation}
        onChange={(augmentation) => update({ augmentation })}
      />
      {isOn && options?.engine !== undefined && (
        <p className={classes.engine}>
          {t('fineTuning.engine', { engine: options.engine })}{' '}
          {most > 0 && options.limit !== undefined && (
            <>{t('fineTuning.blocks.limit', { count: most, reason: options.limit })}</>
          )}
        </p>
      )}
    </section>
  );
}
