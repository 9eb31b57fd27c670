import { Button, Modal } from '@mantine/core';
import type { GraphSummary } from '@shared/domain/graph-summary';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attempt } from '../../../ui/attempt';
import classes from './GraphButton.module.css';
import { GraphView } from './GraphView';

interface GraphButtonProps {
  /** On the button. */
  label: string;
  /** Name of the model or file. */
  name: string;
  isDisabled?: boolean;
  load(): Promise<GraphSummary>;
}

/** Reads a model file, then shows what it computes over all else. */
export function GraphButton({ label, name, isDisabled = false, load }: GraphButtonProps) {
  const { t } = useTranslation();
  const [isLoading, setLoading] = useState(false);
  const [summary, setSummary] = useState<GraphSummary>();

  async function open() {
    setLoading(true);
    await attempt(async () => setSummary(await load()));
    setLoading(false);
  }

  return (
    <>
      <Button
        variant="default"
        disabled={isDisabled}
        loading={isLoading}
        onClick={() => void open()}
      >
        {label}
      </Button>
      <Modal
        opened={summary !== undefined}
        onClose={() => setSummary(undefined)}
        title={t('modelGraph.title', { name })}
        size="min(1500px, 96vw)"
        classNames={{ body: classes.body }}
      >
        {summary && <GraphView summary={summary} />}
      </Modal>
    </>
  );
}
