import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStudioStore } from '../../stores/use-studio';
import { ExportForm } from './ExportForm';

/** The way out for photos and labels: what, how, and how much that is. */
export function ExportDialog() {
  const { t } = useTranslation();
  const isOpen = useStudioStore('view', (view) => view.exportOpen);
  const set = useStudioStore('view', (view) => view.set);
  const close = () => set({ exportOpen: false });
  return (
    <Modal opened={isOpen} onClose={close} title={t('datasetExport.title')} size="xl">
      <ExportForm onDone={close} />
    </Modal>
  );
}
