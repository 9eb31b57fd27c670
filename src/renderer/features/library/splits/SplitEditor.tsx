import { Button, Group, Modal, NumberInput, RangeSlider, Text } from '@mantine/core';
import type { SplitRatio } from '@shared/domain/split';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyEdited } from '../../../actions/notify-edited';
import { formatPercent } from '../../../i18n/format';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import classes from './SplitEditor.module.css';
import { fromHandles, toHandles } from './split-handles';

export function SplitEditor() {
  const { t } = useTranslation();
  const isOpen = useStudioStore('view', (view) => view.splitEditorOpen);
  const set = useStudioStore('view', (view) => view.set);
  const ratio = useStudioStore('dataset', ({ summary }) => summary?.ratio);
  const close = () => set({ splitEditorOpen: false });
  return (
    <Modal opened={isOpen} onClose={close} title={t('library.splitEditor.title')} size="md">
      {ratio && <SplitForm ratio={ratio} onDone={close} />}
    </Modal>
  );
}

/** Two handles on one line cut all labeled photos into three parts. */
function SplitForm({ ratio, onDone }: { ratio: SplitRatio; onDone(): void }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const [handles, setHandles] = useState(toHandles(ratio));
  const [seed, setSeed] = useState(1);
  const chosen = fromHandles(handles);

  async function split() {
    const done = await attempt(async () =>
      notifyEdited(studio, await studio.edits.splitAnew(chosen, seed)),
    );
    if (done) onDone();
  }

  return (
    <>
      <Text c="dimmed">{t('library.splitEditor.text')}</Text>
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
      <NumberInput
        mt="md"
        w={120}
        min={0}
        max={999_999}
        allowDecimal={false}
        label={t('library.splitEditor.seed')}
        value={seed}
        onChange={(value) => setSeed(typeof value === 'number' ? value : 0)}
      />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button onClick={() => void split()}>{t('library.splitEditor.split')}</Button>
      </Group>
    </>
  );
}
