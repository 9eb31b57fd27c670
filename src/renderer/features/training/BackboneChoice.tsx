import { Radio } from '@mantine/core';
import { trainingSettingsSchema } from '@shared/domain/model';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../i18n/format';
import { useCall } from '../../stores/use-call';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { ChoiceCard } from '../../ui/ChoiceCard';
import { OpenedBaseCard } from './bases/OpenedBaseCard';
import { BackbonesDialog } from './trials/BackbonesDialog';

/** The pretrained networks to build on, with what each costs. */
export function BackboneChoice() {
  const { t } = useTranslation();
  const { training } = useStudio().stores;
  const { change } = training.getState();
  const chosen = useStudioStore('training', ({ settings }) => settings.backbone);
  const version = useStudioStore('training', ({ backbonesVersion }) => backbonesVersion);
  const folder = useStudioStore('project', ({ project }) => project?.folder);
  const { value } = useCall('training.backbones', {}, `${version} ${folder}`);
  const backbones = value?.backbones;

  useEffect(() => {
    // Asked when the list comes, not whenever another is chosen: the list may be older than the choice.
    const { settings } = training.getState();
    if (!backbones?.length || backbones.some(({ name }) => name === settings.backbone)) return;
    // A base that was removed, or belongs to another project.
    training.getState().change({ backbone: trainingSettingsSchema.parse({}).backbone });
  }, [backbones, training]);

  return (
    <>
      <Radio.Group
        label={t('training.backbone.title')}
        description={t('training.backbone.hint')}
        value={chosen}
        onChange={(backbone) => change({ backbone })}
      >
        {backbones?.map((backbone) => {
          const { name, title, inputSize, bytes, license, trainedOn, opened } = backbone;
          if (opened) return <OpenedBaseCard key={name} base={backbone} opened={opened} />;
          const facts = { size: inputSize, bytes: formatBytes(bytes), license };
          return (
            <ChoiceCard
              key={name}
              value={name}
              title={title}
              facts={[t('training.backbone.facts', facts), trainedOn]}
            />
          );
        })}
      </Radio.Group>
      <BackbonesDialog />
    </>
  );
}
