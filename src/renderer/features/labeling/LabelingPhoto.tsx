import type { PhotoId } from '@shared/domain/photo';
import { useTranslation } from 'react-i18next';
import { usePhotoUrl } from '../../stores/use-photo-url';
import { useStudioStore } from '../../stores/use-studio';
import { PhotoView } from '../../ui/PhotoView';
import { ThumbnailStrip } from '../../ui/ThumbnailStrip';
import classes from './LabelingPlace.module.css';

/** The photo, and a strip of what was and what comes. */
export function LabelingPhoto({ photoId }: { photoId: PhotoId }) {
  const { t } = useTranslation();
  const photoUrl = usePhotoUrl();
  const following = useStudioStore('labeling', ({ queue, position }) => queue?.[position + 1]);
  return (
    <div className={classes.photo}>
      <div className={classes.stage}>
        <PhotoView
          key={photoId}
          source={photoUrl(photoId, 'display')}
          preview={photoUrl(photoId, 'thumbnail')}
          alt={t('labeling.photo')}
        />
        {/* Fetched ahead, so that the next key press waits for nothing. */}
        {following !== undefined && (
          <link rel="preload" as="image" href={photoUrl(following, 'display')} />
        )}
      </div>
      <Strip />
    </div>
  );
}

function Strip() {
  const photoUrl = usePhotoUrl();
  const { t } = useTranslation();
  const queue = useStudioStore('labeling', (state) => state.queue ?? noPhotos);
  const position = useStudioStore('labeling', (state) => state.position);
  const answers = useStudioStore('labeling', (state) => state.answers);
  const goTo = useStudioStore('labeling', (state) => state.goTo);
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels);
  const colorOf = (id: PhotoId) =>
    labels?.find((label) => label.id === answers.get(id)?.labelId)?.color;
  return (
    <ThumbnailStrip
      items={queue}
      position={position}
      sourceOf={(id) => photoUrl(id, 'thumbnail')}
      colorOf={colorOf}
      nameOf={(number) => t('labeling.goTo', { number })}
      onGoTo={goTo}
    />
  );
}

const noPhotos: readonly PhotoId[] = [];
