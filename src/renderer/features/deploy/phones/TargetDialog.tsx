import { Button, Checkbox, Group, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';

const empty = {
  name: '',
  kind: 'app' as 'app' | 'folder',
  appId: '',
  folder: 'models',
  path: '/sdcard/Download/models',
  speaksProtocol: false,
  modelFile: 'model-{precision}.tflite',
  labelsFile: 'labels.txt',
};

/** Asks for an app or folder of one's own; the program checks what was typed. */
export function TargetDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const { t } = useTranslation();
  const { saveTarget } = useStudio().stores.phones.getState();
  const form = useForm({ initialValues: empty });
  const { kind, speaksProtocol } = form.values;

  async function save({ appId, folder, path, labelsFile, ...values }: typeof empty) {
    await saveTarget({
      name: values.name,
      place: values.kind === 'app' ? { kind: 'app', appId, folder } : { kind: 'folder', path },
      speaksProtocol: values.kind === 'app' && values.speaksProtocol,
      modelFile: values.modelFile,
      ...(labelsFile === '' ? {} : { labelsFile }),
    });
    form.reset();
    onClose();
  }

  return (
    <Modal opened={isOpen} onClose={onClose} title={t('phones.target.title')}>
      <form onSubmit={form.onSubmit((values) => void attempt(() => save(values)))}>
        <Stack gap="sm">
          <TextInput
            required
            data-autofocus
            label={t('phones.target.name')}
            {...form.getInputProps('name')}
          />
          <SegmentedControl
            aria-label={t('phones.target.kind')}
            data={[
              { value: 'app', label: t('phones.target.app') },
              { value: 'folder', label: t('phones.target.folder') },
            ]}
            {...form.getInputProps('kind')}
          />
          {kind === 'app' ? (
            <>
              <TextInput
                required
                label={t('phones.target.appId')}
                placeholder={t('phones.target.appIdExample')}
                {...form.getInputProps('appId')}
              />
              <TextInput
                required
                label={t('phones.target.appFolder')}
                {...form.getInputProps('folder')}
              />
              <Checkbox
                label={t('phones.target.speaks')}
                {...form.getInputProps('speaksProtocol', { type: 'checkbox' })}
              />
            </>
          ) : (
            <TextInput required label={t('phones.target.path')} {...form.getInputProps('path')} />
          )}
          {!(kind === 'app' && speaksProtocol) && (
            <>
              <TextInput
                required
                label={t('phones.target.modelFile')}
                description={t('phones.target.modelFileHint')}
                {...form.getInputProps('modelFile')}
              />
              <TextInput
                label={t('phones.target.labelsFile')}
                {...form.getInputProps('labelsFile')}
              />
            </>
          )}
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              {t('phones.target.cancel')}
            </Button>
            <Button type="submit">{t('phones.target.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
