import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../i18n/format';
import { useCall } from '../../stores/use-call';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { ChoiceCard } from '../../ui/ChoiceCard';
import { BackbonesDialog } from './trials/BackbonesDialog';

/** The pretrained networks to build on, with what each costs. */
export function BackboneChoice() {
  const { t } = useTranslation();
  const { change } = useStudio().stores.training.getState();
  const chosen = useStudioStore('training', ({ settings }) => settings.backbone);
  const { value } = useCall('training.backbones', {});
  return (
    <>
      <Radio.Group
        label={t('training.backbone.title')}
        description={t('training.backbone.hint')}
        value={chosen}
        onChange={(backbone) => change({ backbone })}
      >
        {value?.backbones.map(({ name, title, inputSize, bytes, license, trainedOn }) => (
          <ChoiceCard
            key={name}
            value={name}
            title={title}
            facts={[
              t('training.backbone.facts', { size: inputSize, bytes: formatBytes(bytes), license }),
              trainedOn,
            ]}
          />
        ))}
      </Radio.Group>
      <BackbonesDialog />
    </>
  );
}
