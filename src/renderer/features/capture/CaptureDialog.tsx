import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStudioStore } from '../../stores/use-studio';
import { CaptureForm } from './CaptureForm';

/** Photos from this computer's camera, straight into a label. */
export function CaptureDialog() {
  const { t } = useTranslation();
  const capture = useStudioStore('view', (view) => view.capture);
  const set = useStudioStore('view', (view) => view.set);
  const close = () => set({ capture: undefined });
  return (
    <Modal
      opened={capture !== undefined}
      onClose={close}
      title={t('capture.title')}
      size={640}
      // A click beside it must not cost what was shot.
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      {capture && <CaptureForm labelId={capture.labelId} onDone={close} />}
    </Modal>
  );
}
