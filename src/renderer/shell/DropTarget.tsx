import { IconPhotoPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attempt } from '../ui/attempt';
import { useStudio } from '../stores/use-studio';
import classes from './DropTarget.module.css';

/** Photos and folders can be dropped anywhere on the window. */
export function DropTarget() {
  const { t } = useTranslation();
  const { imports } = useStudio();
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      // Only leaving the window itself has nothing it goes to.
      if (!event.relatedTarget) setIsOver(false);
    };
    const onDrop = (event: DragEvent) => {
      const transfer = event.dataTransfer;
      if (!transfer || !hasFiles(event)) return;
      event.preventDefault();
      setIsOver(false);
      void attempt(() => imports.fromDrop(transfer));
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [imports]);

  if (!isOver) return undefined;
  return (
    <div className={classes.target}>
      <IconPhotoPlus size={48} stroke={1.2} aria-hidden />
      <p className={classes.title}>{t('shell.drop.title')}</p>
      <p className={classes.hint}>{t('shell.drop.hint')}</p>
    </div>
  );
}
