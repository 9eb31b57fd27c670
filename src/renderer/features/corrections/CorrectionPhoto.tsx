import type { Correction } from '@shared/domain/correction';
import { useTranslation } from 'react-i18next';
import { useMediaUrl } from '../../stores/use-photo-url';
import { useStudioStore } from '../../stores/use-studio';
import { PhotoView } from '../../ui/PhotoView';
import { ThumbnailStrip } from '../../ui/ThumbnailStrip';
import classes from './CorrectionsPlace.module.css';

/** The photo, and a strip of its neighbors in the inbox. */
export function CorrectionPhoto({ correction: { id } }: { correction: Correction }) {
  const { t } = useTranslation();
  const mediaUrl = useMediaUrl();
  const corrections = useStudioStore('corrections', (state) => state.corrections ?? none);
  const position = useStudioStore('corrections', (state) => state.position);
  const goTo = useStudioStore('corrections', (state) => state.goTo);
  return (
    <div className={classes.photo}>
      <div className={classes.stage}>
        <PhotoView
          key={id}
          source={mediaUrl(`${id}/display`)}
          preview={mediaUrl(`${id}/thumbnail`)}
          alt={t('corrections.photo')}
        />
      </div>
      <ThumbnailStrip
        items={corrections}
        position={position}
        sourceOf={(each) => mediaUrl(`${each.id}/thumbnail`)}
        nameOf={(number) => t('corrections.goTo', { number })}
        onGoTo={goTo}
      />
    </div>
  );
}

const none: readonly Correction[] = [];
