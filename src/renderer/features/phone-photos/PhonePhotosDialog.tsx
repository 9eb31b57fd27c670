import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStudioStore } from '../../stores/use-studio';
import { PhoneChoice } from './PhoneChoice';

/** The camera's photos on a plugged-in phone, to be chosen and copied into the project. */
export function PhonePhotosDialog() {
  const { t } = useTranslation();
  const isOpen = useStudioStore('view', (view) => view.phonePhotosOpen);
  const set = useStudioStore('view', (view) => view.set);
  const close = () => set({ phonePhotosOpen: false });
  return (
    <Modal opened={isOpen} onClose={close} title={t('phonePhotos.title')} size="min(1080px, 94vw)">
      <PhoneChoice onDone={close} />
    </Modal>
  );
}
