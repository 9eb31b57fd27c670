import { Button, Menu } from '@mantine/core';
import {
  IconCamera,
  IconDeviceMobileDown,
  IconEye,
  IconFolderPlus,
  IconPhotoPlus,
  IconPlus,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { KeyCaps } from '../../../ui/KeyCaps';

/** The ways in which photos come into the project. */
export function AddMenu() {
  const { t } = useTranslation();
  const { host, imports, stores } = useStudio();
  const { watch } = stores.watched.getState();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconPlus size={14} aria-hidden />}>{t('library.toolbar.add')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconFolderPlus size={16} stroke={1.6} aria-hidden />}
          rightSection={<KeyCaps text="mod+shift+o" />}
          onClick={() => void attempt(() => imports.fromDialog('folder'))}
        >
          {t('actions.addFolder')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPhotoPlus size={16} stroke={1.6} aria-hidden />}
          rightSection={<KeyCaps text="mod+o" />}
          onClick={() => void attempt(() => imports.fromDialog('files'))}
        >
          {t('actions.addFiles')}
        </Menu.Item>
        {host.choosePlace && (
          <Menu.Item
            leftSection={<IconEye size={16} stroke={1.6} aria-hidden />}
            onClick={() => void attempt(watch)}
          >
            {t('library.watched.add')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconDeviceMobileDown size={16} stroke={1.6} aria-hidden />}
          onClick={() => stores.view.getState().set({ phonePhotosOpen: true })}
        >
          {t('phonePhotos.action')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCamera size={16} stroke={1.6} aria-hidden />}
          onClick={() => stores.view.getState().set({ capture: {} })}
        >
          {t('capture.action')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
