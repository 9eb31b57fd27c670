import { Anchor, Button, Checkbox, Modal, NumberInput, Slider } from '@mantine/core';
import {
  type Augmentation,
  augmentationSchema,
  augmentedPhotoPath,
  noAugmentation,
} from '@shared/domain/fine-tuning';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../stores/use-call';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import classes from './AugmentationDialog.module.css';
import { type Amount, toldAmount } from './told-amount';

interface AugmentationDialogProps {
  augmentation: Augmentation;
  onChange(augmentation: Augmentation): void;
}

const amounts: readonly { key: Amount; max: number; step: number }[] = [
  { key: 'crop', max: 0.6, step: 0.05 },
  { key: 'rotate', max: 45, step: 1 },
  { key: 'color', max: 0.8, step: 0.05 },
  { key: 'blur', max: 4, step: 0.25 },
  { key: 'cutout', max: 0.5, step: 0.05 },
];

const previewed = 12;

/** The bounds of augmentation, and beside them the very pixels that training gets. */
export function AugmentationDialog({ augmentation, onChange }: AugmentationDialogProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Anchor component="button" type="button" size="xs" onClick={() => setOpen(true)}>
        {t('fineTuning.augmentation.open')}
      </Anchor>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('fineTuning.augmentation.title')}
        size={880}
      >
        <p className={classes.text}>{t('fineTuning.augmentation.text')}</p>
        <div className={classes.columns}>
          <Bounds augmentation={augmentation} onChange={onChange} />
          <Preview augmentation={augmentation} />
        </div>
      </Modal>
    </>
  );
}

function Bounds({ augmentation, onChange }: AugmentationDialogProps) {
  const { t } = useTranslation();
  // What a slider shows while it is dragged; the photos follow when it is let go.
  const [dragged, setDragged] = useState<Partial<Augmentation>>({});
  return (
    <div className={classes.bounds}>
      <Checkbox
        size="xs"
        label={t('fineTuning.augmentation.flip.name')}
        description={t('fineTuning.augmentation.flip.hint')}
        checked={augmentation.flip}
        onChange={(event) => onChange({ ...augmentation, flip: event.currentTarget.checked })}
      />
      {amounts.map(({ key, max, step }) => {
        const value = dragged[key] ?? augmentation[key];
        return (
          <div key={key} className={classes.amount}>
            <div className={classes.name}>
              <span>{t(`fineTuning.augmentation.${key}.name`)}</span>
              <span className={classes.value}>{toldAmount(key, value, t)}</span>
            </div>
            <Slider
              size="sm"
              thumbLabel={t(`fineTuning.augmentation.${key}.name`)}
              min={0}
              max={max}
              step={step}
              label={null}
              value={value}
              onChange={(next) => setDragged({ [key]: next })}
              onChangeEnd={(next) => {
                setDragged({});
                onChange({ ...augmentation, [key]: next });
              }}
            />
          </div>
        );
      })}
      <div className={classes.buttons}>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => onChange(augmentationSchema.parse({}))}
        >
          {t('fineTuning.augmentation.reset')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => onChange(noAugmentation)}>
          {t('fineTuning.augmentation.nothing')}
        </Button>
      </div>
    </div>
  );
}

function Preview({ augmentation }: Pick<AugmentationDialogProps, 'augmentation'>) {
  const { t } = useTranslation();
  const { host } = useStudio();
  const { backbone, seed } = useStudioStore('training', (state) => state.settings);
  const [epoch, setEpoch] = useState(1);
  const { value } = useCall('fineTuning.previewPhotos', { count: previewed, seed });
  if (value?.photoIds.length === 0) {
    return <p className={classes.text}>{t('fineTuning.augmentation.none')}</p>;
  }
  return (
    <div className={classes.preview}>
      <div className={classes.photos}>
        {value?.photoIds.map((photoId, index) => (
          <img
            key={photoId}
            className={classes.photo}
            src={host.mediaUrl(
              augmentedPhotoPath({ photoId, backbone, seed, epoch, augmentation }),
            )}
            alt={t('fineTuning.augmentation.alt', { number: index + 1, epoch })}
          />
        ))}
      </div>
      <NumberInput
        size="xs"
        w={130}
        label={t('fineTuning.augmentation.epoch')}
        value={epoch}
        min={1}
        max={500}
        clampBehavior="strict"
        allowDecimal={false}
        onChange={(next) => {
          if (typeof next === 'number') setEpoch(next);
        }}
      />
    </div>
  );
}
