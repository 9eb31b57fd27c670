import { Button, NumberInput, Select, SegmentedControl } from '@mantine/core';
import { isFinished } from '@shared/domain/job';
import {
  calibrationChoiceSchema,
  ioTypeSchema,
  isCalibrated,
  type Model,
  type QuantizationSettings,
  quantizationSettingsSchema,
  rangeRuleSchema,
} from '@shared/domain/model';
import { IconArrowsMinimize } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { JobNotice } from '../../ui/JobNotice';
import { CalibrationTrials } from './CalibrationTrials';
import { CorrectionSwitches } from './CorrectionSwitches';
import { AwareFields } from './fine-tune/AwareFields';
import classes from './ModelPanel.module.css';

const precisionOf = (value: string) => quantizationSettingsSchema.shape.precision.parse(value);
const precisions = quantizationSettingsSchema.shape.precision.unwrap().options;

/** Makes the small version of a float model. */
export function QuantizePanel({ model }: { model: Model }) {
  const { t } = useTranslation();
  const { client, stores } = useStudio();
  const [settings, setSettings] = useState(() => quantizationSettingsSchema.parse({}));
  const job = useStudioStore('jobs', ({ jobs }) => jobs.find(({ kind }) => kind === 'quantize'));
  const change = (part: Partial<QuantizationSettings>) => setSettings({ ...settings, ...part });
  const { precision, io, calibration } = settings;
  return (
    <section className={classes.panel} aria-label={t('training.quantize.title')}>
      <h3 className={classes.title}>{t('training.quantize.title')}</h3>
      <p className={classes.hint}>{t(`training.quantize.hints.${precision}`)}</p>
      <div className={classes.fields}>
        <SegmentedControl
          size="xs"
          aria-label={t('training.quantize.precision')}
          value={precision}
          data={precisions.map((value) => ({
            value,
            label: t(`training.quantize.names.${value}`),
          }))}
          onChange={(value) => change({ precision: precisionOf(value) })}
        />
        {precision !== 'float16' && (
          <>
            {precision === 'int8' && (
              <Select
                size="xs"
                w={230}
                aria-label={t('training.quantize.io')}
                value={io}
                data={[
                  { value: 'uint8', label: t('training.quantize.ioUint8') },
                  { value: 'float32', label: t('training.quantize.ioFloat32') },
                  { value: 'int8', label: t('training.quantize.ioInt8') },
                ]}
                allowDeselect={false}
                onChange={(value) => change({ io: ioTypeSchema.parse(value) })}
              />
            )}
            <NumberInput
              size="xs"
              w={110}
              disabled={!isCalibrated(settings)}
              aria-label={t('training.quantize.count')}
              suffix={t('training.quantize.countSuffix')}
              min={1}
              max={2000}
              clampBehavior="strict"
              value={calibration.count}
              onChange={(value) => {
                const count = quantizationSettingsSchema.shape.calibration
                  .unwrap()
                  .shape.count.safeParse(value);
                if (count.success) change({ calibration: { ...calibration, count: count.data } });
              }}
            />
            <Select
              size="xs"
              w={160}
              disabled={!isCalibrated(settings)}
              aria-label={t('training.quantize.choice')}
              value={calibration.choice}
              data={calibrationChoiceSchema.options.map((value) => ({
                value,
                label: t(`training.quantize.choices.${value}`),
              }))}
              allowDeselect={false}
              onChange={(value) => {
                const choice = calibrationChoiceSchema.parse(value);
                change({ calibration: { ...calibration, choice } });
              }}
            />
            {precision === 'int8' && (
              <Select
                size="xs"
                w={190}
                aria-label={t('training.quantize.ranges')}
                value={calibration.ranges}
                data={rangeRuleSchema.options.map((value) => ({
                  value,
                  label: t(`training.quantize.rangeRules.${value}`),
                }))}
                allowDeselect={false}
                onChange={(value) =>
                  change({ calibration: { ...calibration, ranges: rangeRuleSchema.parse(value) } })
                }
              />
            )}
            <CorrectionSwitches settings={settings} onChange={change} />
            {precision === 'int8' && (
              <AwareFields
                backbone={model.backbone}
                aware={settings.aware}
                onChange={(aware) => change(aware ? { aware, roundingSearch: false } : { aware })}
              />
            )}
          </>
        )}
        <Button
          leftSection={<IconArrowsMinimize size={14} />}
          disabled={job !== undefined && !isFinished(job)}
          onClick={() =>
            void attempt(() => client.call('quantization.start', { modelId: model.id, settings }))
          }
        >
          {t('training.quantize.start')}
        </Button>
      </div>
      {precision !== 'float16' && (
        <p className={classes.note}>{t('training.quantize.corrections')}</p>
      )}
      <JobNotice job={job} commands={stores.jobs.getState()} />
      {precision === 'int8' && (
        <CalibrationTrials
          model={model}
          settings={settings}
          onUse={(chosen) => change({ calibration: { ...calibration, ...chosen } })}
        />
      )}
    </section>
  );
}
