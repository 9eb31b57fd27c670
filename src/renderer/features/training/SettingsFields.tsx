import { Checkbox, Collapse, NumberInput, UnstyledButton } from '@mantine/core';
import { type TrainingSettings, trainingSettingsSchema } from '@shared/domain/model';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import classes from './SettingsFields.module.css';

type NumberSetting = {
  [Key in keyof TrainingSettings]-?: TrainingSettings[Key] extends number ? Key : never;
}[keyof TrainingSettings];

const common: readonly NumberField[] = [
  { key: 'epochs', step: 10 },
  { key: 'seed', step: 1 },
];
const further: readonly NumberField[] = [
  { key: 'batchSize', step: 8 },
  { key: 'learningRate', step: 0.001, decimals: 5 },
  { key: 'dropout', step: 0.05, decimals: 2 },
  { key: 'hiddenUnits', step: 32 },
  { key: 'labelSmoothing', step: 0.01, decimals: 3 },
  { key: 'patience', step: 1 },
];
const switches = ['balanceClasses', 'mirror'] as const;

interface NumberField {
  key: NumberSetting;
  step: number;
  decimals?: number;
}

/** The settings of the head; every one says what it does. */
export function SettingsFields() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const { change } = useStudio().stores.training.getState();
  const settings = useStudioStore('training', (state) => state.settings);
  return (
    <section className={classes.fields} aria-label={t('training.settings.title')}>
      {common.map((field) => (
        <NumberSettingField key={field.key} field={field} />
      ))}
      <UnstyledButton
        className={classes.more}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <IconChevronRight size={14} />
        {t('training.settings.more')}
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <div className={classes.fields}>
          {further.map((field) => (
            <NumberSettingField key={field.key} field={field} />
          ))}
          {switches.map((key) => (
            <Checkbox
              key={key}
              size="xs"
              label={t(`training.settings.${key}.name`)}
              description={t(`training.settings.${key}.hint`)}
              checked={settings[key]}
              onChange={(event) => change({ [key]: event.currentTarget.checked })}
            />
          ))}
        </div>
      </Collapse>
    </section>
  );
}

interface NumberSettingFieldProps {
  field: NumberField;
}

/** Keeps what is being typed to itself until the contract's schema accepts it. */
function NumberSettingField({ field: { key, step, decimals = 0 } }: NumberSettingFieldProps) {
  const { t } = useTranslation();
  const { change } = useStudio().stores.training.getState();
  const stored = useStudioStore('training', ({ settings }) => settings[key]);
  const [typed, setTyped] = useState<number | string>();
  const shown = typed ?? stored;
  const check = trainingSettingsSchema.shape[key].safeParse(shown);
  return (
    <NumberInput
      size="xs"
      label={t(`training.settings.${key}.name`)}
      description={t(`training.settings.${key}.hint`)}
      value={shown}
      step={step}
      decimalScale={decimals}
      error={check.success ? undefined : t('training.settings.refused', { value: stored })}
      onChange={(value) => {
        setTyped(value);
        const parsed = trainingSettingsSchema.shape[key].safeParse(value);
        if (parsed.success && value !== '') change({ [key]: parsed.data });
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
