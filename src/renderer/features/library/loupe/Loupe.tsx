import { CloseButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../i18n/format';
import { photoAt } from '../../../stores/photo-pages';
import { usePhotoUrl } from '../../../stores/use-photo-url';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import { PhotoView } from '../../../ui/PhotoView';
import { ToolButton } from '../../../ui/ToolButton';
import classes from './Loupe.module.css';

/** The focused photo as large as it goes; arrows and label keys work as in the grid. */
export function Loupe() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const photoUrl = usePhotoUrl();
  const index = useStudioStore('selection', ({ focus }) => focus?.index);
  const total = useStudioStore('photos', (state) => state.total ?? 0);
  const photo = useStudioStore('photos', ({ pages }) =>
    index === undefined ? undefined : photoAt(pages, index),
  );
  const isZoomed = useStudioStore('view', (view) => view.loupeZoomed);
  const { set } = stores.view.getState();
  const move = (direction: 'left' | 'right') =>
    void attempt(() => stores.selection.getState().move(direction));

  useEffect(() => {
    if (index !== undefined) stores.photos.getState().show(Math.max(0, index - 1), index + 1);
  }, [stores, index]);

  if (index === undefined) return undefined;
  return (
    <section className={classes.loupe} aria-label={t('library.loupe.name')}>
      <header className={classes.bar}>
        <span className={classes.fileName}>{photo?.fileName}</span>
        <span className={classes.place}>
          {t('library.loupe.place', { index: formatCount(index + 1), total: formatCount(total) })}
        </span>
        <ToolButton
          label={t('library.actions.zoom')}
          keyText="z"
          isOn={isZoomed}
          onClick={() => set({ loupeZoomed: !isZoomed })}
        >
          {isZoomed ? <IconZoomOut size={18} aria-hidden /> : <IconZoomIn size={18} aria-hidden />}
        </ToolButton>
        <CloseButton
          aria-label={t('library.loupe.close')}
          onClick={() => set({ loupeOpen: false, loupeZoomed: false })}
        />
      </header>
      <div className={classes.stage}>
        {photo && (
          <PhotoView
            key={photo.id}
            source={photoUrl(photo.id, 'display')}
            preview={photoUrl(photo.id, 'thumbnail')}
            alt={photo.fileName}
            isZoomed={isZoomed}
          />
        )}
        <Step
          side="left"
          label={t('library.actions.left')}
          isOff={index === 0}
          onClick={() => move('left')}
        />
        <Step
          side="right"
          label={t('library.actions.right')}
          isOff={index >= total - 1}
          onClick={() => move('right')}
        />
      </div>
    </section>
  );
}

interface StepProps {
  side: 'left' | 'right';
  label: string;
  isOff: boolean;
  onClick(): void;
}

function Step({ side, label, isOff, onClick }: StepProps) {
  const Icon = side === 'left' ? IconChevronLeft : IconChevronRight;
  return (
    <button
      type="button"
      className={classes.step}
      data-side={side}
      aria-label={label}
      disabled={isOff}
      onClick={onClick}
    >
      <Icon size={22} aria-hidden />
    </button>
  );
}
