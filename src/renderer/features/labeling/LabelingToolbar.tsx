import { Button, SegmentedControl } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format';
import { useStudioStore } from '../../stores/use-studio';
import { attempt } from '../../ui/attempt';
import { ProgressLine } from '../../ui/ProgressLine';
import classes from './LabelingPlace.module.css';

export function LabelingToolbar() {
  const { t } = useTranslation();
  const source = useStudioStore('labeling', (state) => state.source);
  const start = useStudioStore('labeling', (state) => state.start);
  const total = useStudioStore('labeling', ({ queue }) => queue?.length);
  const done = useStudioStore('labeling', ({ answers }) => answers.size);
  const goTo = useStudioStore('view', (view) => view.goTo);
  const corrections = useStudioStore('corrections', ({ counts }) => counts.new);
  return (
    <>
      <SegmentedControl
        aria-label={t('labeling.source.name')}
        value={source}
        onChange={(value) => void attempt(() => start(value))}
        data={[
          { value: 'unlabeled', label: t('labeling.source.unlabeled') },
          { value: 'uncertain', label: t('labeling.source.uncertain') },
          { value: 'listed', label: t('labeling.source.listed') },
        ]}
      />
      {corrections > 0 && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconInbox size={14} aria-hidden />}
          onClick={() => goTo('corrections')}
        >
          {t('labeling.corrections', {
            count: corrections,
            formatted: formatCount(corrections),
          })}
        </Button>
      )}
      {total !== undefined && total > 0 && (
        <div className={classes.progress} role="status">
          <ProgressLine done={done} total={total} width={160} />
          <span>
            {t('labeling.progress', { done: formatCount(done), total: formatCount(total) })}
          </span>
        </div>
      )}
    </>
  );
}
