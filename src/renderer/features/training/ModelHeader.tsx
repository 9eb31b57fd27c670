import { ActionIcon, Button, Menu, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { Model } from '@shared/domain/model';
import { IconDots, IconDownload, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../i18n/format';
import { useStudio } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { GraphButton } from './graph/GraphButton';
import classes from './ModelRecord.module.css';

/** A model's name and what can be done with it as a whole. */
export function ModelHeader({ model }: { model: Model }) {
  const { t } = useTranslation();
  const { client, host, stores } = useStudio();
  const [isRenaming, setIsRenaming] = useState(false);

  async function rename(name: string) {
    setIsRenaming(false);
    if (name.trim() === '' || name === model.name) return;
    await attempt(() => client.call('models.rename', { modelId: model.id, name }));
  }

  const confirmRemoval = () =>
    modals.openConfirmModal({
      title: t('training.models.removeTitle', { name: model.name }),
      children: <Text size="sm">{t('training.models.removeText')}</Text>,
      labels: { confirm: t('training.models.remove'), cancel: t('common.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => void attempt(() => client.call('models.remove', { modelId: model.id })),
    });

  return (
    <header className={classes.header}>
      <div>
        {isRenaming ? (
          <TextInput
            autoFocus
            aria-label={t('training.models.name')}
            defaultValue={model.name}
            maxLength={80}
            onBlur={(event) => void rename(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') void rename(event.currentTarget.value);
              if (event.key === 'Escape') setIsRenaming(false);
            }}
          />
        ) : (
          <h2 className={classes.title}>{model.name}</h2>
        )}
        <p className={classes.about}>
          {[model.id, model.precision, model.versionId, formatDateTime(model.createdAt)].join(
            ' · ',
          )}
        </p>
      </div>
      <div className={classes.buttons}>
        <GraphButton
          label={t('modelGraph.show')}
          name={model.name}
          load={() => client.call('models.graph', { modelId: model.id })}
        />
        <Button variant="default" onClick={() => stores.view.getState().goTo('compare')}>
          {t('training.models.compare')}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('training.models.more')}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconDownload size={14} />}
              component="a"
              href={host.mediaUrl(`model/${model.id}.tflite`)}
              download
            >
              {t('training.models.download')}
            </Menu.Item>
            <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setIsRenaming(true)}>
              {t('training.models.rename')}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={confirmRemoval}>
              {t('training.models.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  );
}
