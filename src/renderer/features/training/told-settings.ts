import type { Augmentation } from '@shared/domain/fine-tuning';
import type { Model, QuantizationSettings, TrainingSettings } from '@shared/domain/model';
import type { TFunction } from 'i18next';
import { type Amount, toldAmount } from './fine-tune/told-amount';

/** A setting as a person reads it. */
export interface ToldSetting {
  name: string;
  value: string;
}

/** What a model was made with, seed and version of the photos among it; nothing of one that was opened. */
export function toldSettings(model: Model, t: TFunction): ToldSetting[] {
  const { training, quantization, versionId } = model;
  const photos = { name: t('training.made.version'), value: versionId };
  if (training) return [photos, ...trainedWith(training.settings, t)];
  if (quantization) {
    return [
      { name: t('training.made.parent'), value: model.parentId ?? '' },
      photos,
      ...quantizedWith(quantization.settings, t),
    ];
  }
  return [];
}

function trainedWith(settings: TrainingSettings, t: TFunction): ToldSetting[] {
  const numbers = [
    'seed',
    'epochs',
    'batchSize',
    'learningRate',
    'dropout',
    'hiddenUnits',
    'labelSmoothing',
    'patience',
  ] as const;
  const switches = ['balanceClasses', 'mirror'] as const;
  const { fineTuning } = settings;
  return [
    { name: t('training.backbone.title'), value: settings.backbone },
    ...numbers.map((key) => ({
      name: t(`training.settings.${key}.name`),
      value: String(settings[key]),
    })),
    ...switches.map((key) => ({
      name: t(`training.settings.${key}.name`),
      value: onOrOff(settings[key], t),
    })),
    ...(fineTuning
      ? [
          { name: t('fineTuning.blocks.name'), value: String(fineTuning.blocks) },
          { name: t('fineTuning.blocks.epochs'), value: String(fineTuning.epochs) },
          {
            name: t('fineTuning.augmentation.open'),
            value: toldAugmentation(fineTuning.augmentation, t),
          },
        ]
      : []),
  ];
}

function toldAugmentation({ flip, ...amounts }: Augmentation, t: TFunction): string {
  const told = (Object.keys(amounts) as Amount[])
    .filter((key) => amounts[key] !== 0)
    .map((key) => {
      return `${t(`fineTuning.augmentation.${key}.name`)} ${toldAmount(key, amounts[key], t)}`;
    });
  return [...(flip ? [t('fineTuning.augmentation.flip.name')] : []), ...told].join('; ');
}

function quantizedWith(settings: QuantizationSettings, t: TFunction): ToldSetting[] {
  const { precision, io, calibration, keepFloat, aware } = settings;
  const corrections = ['biasCorrection', 'equalization', 'roundingSearch'] as const;
  return [
    { name: t('training.quantize.precision'), value: t(`training.quantize.names.${precision}`) },
    { name: t('training.quantize.io'), value: io },
    { name: t('training.quantize.count'), value: String(calibration.count) },
    {
      name: t('training.quantize.choice'),
      value: t(`training.quantize.choices.${calibration.choice}`),
    },
    {
      name: t('training.quantize.ranges'),
      value: t(`training.quantize.rangeRules.${calibration.ranges}`),
    },
    { name: t('training.settings.seed.name'), value: String(calibration.seed) },
    ...corrections.map((key) => ({
      name: t(`training.gains.names.${key}`),
      value: onOrOff(settings[key], t),
    })),
    ...(keepFloat.length > 0
      ? [{ name: t('training.made.keptFloat'), value: keepFloat.join(', ') }]
      : []),
    ...(aware
      ? [
          {
            name: t('fineTuning.aware.name'),
            value: t('training.made.aware', { epochs: aware.epochs, blocks: aware.blocks }),
          },
        ]
      : []),
  ];
}

const onOrOff = (is: boolean, t: TFunction): string =>
  t(is ? 'training.made.on' : 'training.made.off');
