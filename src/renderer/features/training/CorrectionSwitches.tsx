import { Switch } from '@mantine/core';
import type { Correction } from '@shared/domain/quantization-gains';
import type { QuantizationSettings } from '@shared/domain/model';
import { useTranslation } from 'react-i18next';

interface CorrectionSwitchesProps {
  settings: QuantizationSettings;
  onChange(part: Partial<QuantizationSettings>): void;
}

/** What a quantization corrects, each to be switched off: those that the precision can have. */
export function CorrectionSwitches({ settings, onChange }: CorrectionSwitchesProps) {
  const { t } = useTranslation();
  const { precision, aware } = settings;
  const isOffered: Record<Correction, boolean> = {
    biasCorrection: true,
    equalization: precision === 'int8',
    // What is learned holds for the nearest weights.
    roundingSearch: precision !== 'int8' || aware === undefined,
  };
  const offered = (['biasCorrection', 'equalization', 'roundingSearch'] as const).filter(
    (correction) => isOffered[correction],
  );
  return offered.map((correction) => (
    <Switch
      key={correction}
      size="xs"
      label={t(`training.quantize.${correction}`)}
      checked={settings[correction]}
      onChange={(event) => onChange({ [correction]: event.currentTarget.checked })}
    />
  ));
}
