import { Button, Group, Modal, NumberInput, RangeSlider, Select, Text } from '@mantine/core';
import { type SplitRatio, type SplitSource, splitSources } from '@shared/domain/split';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyEdited } from '../../../actions/notify-edited';
import { formatPercent } from '../../../i18n/format';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { LeakPanel } from './LeakPanel';
import classes from './SplitEditor.module.css';
import { fromHandles, toHandles } from './split-handles';

export function SplitEditor() {
  const { t } = useTranslation();
  const isOpen = useStudioStore('view', (view) => view.splitEditorOpen);
  const set = useStudioStore('view', (view) => view.set);
  const ratio = useStudioStore('dataset', ({ summary }) => summary?.ratio);
  const by = useStudioStore('splits', ({ state }) => state?.by ?? 'none');
  const close = () => set({ splitEditorOpen: false });
  return (
    <Modal opened={isOpen} onClose={close} title={t('library.splitEditor.title')} size="md">
      {ratio && <SplitForm ratio={ratio} by={by} onDone={close} />}
      {isOpen && <LeakPanel />}
    </Modal>
  );
}

interface SplitFormProps {
  ratio: SplitRatio;
  by: SplitSource;
  onDone(): void;
}

/** Two handles on one line cut all labeled photos into three parts. */
function SplitForm({ ratio, by, onDone }: SplitFormProps) {
  const { t } = useTranslation();
  const studio = useStudio();
  const [handles, setHandles] = useState(toHandles(ratio));
  const [seed, setSeed] = useState(1);
  const [source, setSource] = useState(by);
  const isLocked = useStudioStore('splits', ({ state }) => state?.lockedAt !== undefined);
  const chosen = fromHandles(handles);

  async function split() {
    const done = await attempt(async () =>
      notifyEdited(studio, await studio.edits.splitAnew(chosen, seed, source)),
    );
    if (done) onDone();
  }

  return (
    <>
      <Text c="dimmed">{t('library.splitEditor.text')}</Text>
      {isLocked && <Text mt="xs">{t('library.splitEditor.locked')}</Text>}
      <RangeSlider
        className={classes.slider}
        min={0}
        max={100}
        step={5}
        minRange={0}
        value={handles}
        onChange={setHandles}
        label={null}
        thumbFromLabel={t('library.splitEditor.trainEnd')}
        thumbToLabel={t('library.splitEditor.validationEnd')}
      />
      <div className={classes.shares}>
        {(['train', 'validation', 'test'] as const).map((split) => (
          <div key={split} className={classes.share} data-split={split}>
            <span className={classes.value}>{formatPercent(chosen[split], 0)}</span>
            <span className={classes.name}>{t(`library.split.${split}`)}</span>
          </div>
        ))}
      </div>
      <Group mt="md" align="flex-end">
        <Select
          w={220}
          label={t('library.splitEditor.by')}
          data={splitSources.map((value) => ({
            value,
            label: t(`library.splitEditor.source.${value}`),
          }))}
          value={source}
          onChange={(value) => value && setSource(value)}
          allowDeselect={false}
        />
        <NumberInput
          w={120}
          min={0}
          max={999_999}
          allowDecimal={false}
          label={t('library.splitEditor.seed')}
          value={seed}
          onChange={(value) => setSeed(typeof value === 'number' ? value : 0)}
        />
      </Group>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button onClick={() => void split()}>{t('library.splitEditor.split')}</Button>
      </Group>
    </>
  );
}
