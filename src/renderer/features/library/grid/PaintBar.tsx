import { Button } from '@mantine/core';
import { IconBrush } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { LabelChip } from '../../../ui/LabelChip';
import classes from './PaintBar.module.css';

/** Says, while painting is on, what a sweep does and how to end it. */
export function PaintBar() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const isPainting = useStudioStore('view', (view) => view.painting);
  const brush = useStudioStore('view', (view) => view.brush);
  const label = useStudioStore('dataset', ({ summary }) =>
    summary?.labels.find(({ id }) => id === brush),
  );
  if (!isPainting) return undefined;
  return (
    <div className={classes.bar} role="status">
      <IconBrush size={16} stroke={1.6} aria-hidden />
      {label && <LabelChip label={label} />}
      <span className={classes.text}>
        {t(label ? 'library.paint.sweep' : 'library.paint.choose')}
      </span>
      <Button
        variant="default"
        size="compact-xs"
        onClick={() => stores.view.getState().set({ painting: false, brush: undefined })}
      >
        {t('library.paint.end')}
      </Button>
    </div>
  );
}
