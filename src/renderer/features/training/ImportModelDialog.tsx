import {
  Anchor,
  Button,
  FileInput,
  Group,
  Modal,
  NumberInput,
  SegmentedControl,
  Textarea,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { GraphButton } from './graph/GraphButton';
import classes from './ImportModelDialog.module.css';

/** Takes in a model file that was made elsewhere, with what the file itself does not say. */
export function ImportModelDialog() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Anchor
        component="button"
        type="button"
        size="xs"
        className={classes.link}
        onClick={() => setOpen(true)}
      >
        {t('importModel.open')}
      </Anchor>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('importModel.title')}
        size="lg"
      >
        <ImportModelForm onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function ImportModelForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation();
  const { client, host } = useStudio();
  const [purpose, setPurpose] = useState<'compare' | 'train'>('compare');
  const [files, setFiles] = useState<File[]>([]);
  const [labels, setLabels] = useState('');
  const [mean, setMean] = useState<number | string>('');
  const [std, setStd] = useState<number | string>('');
  const [crop, setCrop] = useState<number | string>(1);

  async function start() {
    const names = labels
      .split('\n')
      .map((label) => label.trim())
      .filter((label) => label !== '');
    const number = (value: number | string) => (typeof value === 'number' ? value : undefined);
    const stated = { mean: number(mean), std: number(std), cropFraction: number(crop) };
    const sourceId = await host.stageShots(files);
    await (purpose === 'train'
      ? client.call('bases.open', { sourceId, stated })
      : client.call('models.import', {
          sourceId,
          stated: { ...stated, labels: names.length > 0 ? names : undefined },
        }));
    onDone();
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (files.length > 0) void attempt(start);
      }}
    >
      <SegmentedControl
        aria-label={t('bases.purpose')}
        value={purpose}
        data={[
          { value: 'compare', label: t('bases.compare') },
          { value: 'train', label: t('bases.train') },
        ]}
        onChange={(value) => setPurpose(value === 'train' ? 'train' : 'compare')}
      />
      <p className={classes.text}>{t(purpose === 'train' ? 'bases.text' : 'importModel.text')}</p>
      <FileInput
        label={t('importModel.file')}
        placeholder={t('importModel.filePlaceholder')}
        description={t('importModel.fileHint')}
        accept=".tflite,.lite,.zip,.json,.bin"
        multiple
        value={files}
        onChange={setFiles}
      />
      {purpose === 'compare' && (
        <Textarea
          label={t('importModel.labels')}
          description={t('importModel.labelsHint')}
          rows={5}
          value={labels}
          onChange={(event) => setLabels(event.currentTarget.value)}
        />
      )}
      <Group grow align="flex-end">
        <NumberInput label={t('importModel.mean')} value={mean} onChange={setMean} />
        <NumberInput label={t('importModel.std')} min={0} value={std} onChange={setStd} />
        <NumberInput
          label={t('importModel.crop')}
          min={0.1}
          max={1}
          step={0.025}
          decimalScale={3}
          value={crop}
          onChange={setCrop}
        />
      </Group>
      <p className={classes.text}>
        {t(purpose === 'train' ? 'bases.normalizationHint' : 'importModel.normalizationHint')}
      </p>
      <Group justify="flex-end">
        <GraphButton
          label={t('modelGraph.lookInside')}
          name={nameOf(files)}
          isDisabled={files.length === 0}
          load={async () => {
            const sourceId = await host.stageShots(files);
            return client.call('models.graphOfFile', { sourceId });
          }}
        />
        <Button type="submit" disabled={files.length === 0}>
          {t('importModel.start')}
        </Button>
      </Group>
    </form>
  );
}

/** Of a TensorFlow.js model its model.json, whatever stands first in the list. */
function nameOf(files: readonly File[]): string {
  const names = files.map(({ name }) => name);
  const isModel = (name: string) => /\.json$/i.test(name) && name !== 'metadata.json';
  return names.find(isModel) ?? names[0] ?? '';
}
