import { Button } from '@mantine/core';
import type { PhotoId } from '@shared/domain/photo';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import classes from '../inspector/Inspector.module.css';

/** The same bytes came under several labels: which one is right is asked, never guessed. */
export function ConflictChoice({ photoId, names }: { photoId: PhotoId; names: readonly string[] }) {
  const { t } = useTranslation();
  const { edits } = useStudio();
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels);
  return (
    <>
      <p className={classes.conflict}>{t('library.inspector.conflict')}</p>
      <div className={classes.badges}>
        {labels
          ?.filter(({ name }) => names.includes(name))
          .map((label) => (
            <Button
              key={label.id}
              variant="default"
              onClick={() => void attempt(() => edits.assignLabel([photoId], label.id))}
            >
              {label.name}
            </Button>
          ))}
      </div>
    </>
  );
}
