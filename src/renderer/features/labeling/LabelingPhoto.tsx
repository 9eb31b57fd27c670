import type { PhotoId } from '@shared/domain/photo';
import { useTranslation } from 'react-i18next';
import { usePhotoUrl } from '../../stores/use-photo-url';
import { useStudioStore } from '../../stores/use-studio';
import { PhotoView } from '../../ui/PhotoView';
import classes from './LabelingPlace.module.css';

/** Thumbnails before and after the current one. */
const [before, after] = [3, 6];

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
  const first = Math.max(0, position - before);
  return (
    <div className={classes.strip}>
      {queue.slice(first, position + after + 1).map((id, offset) => (
        <button
          key={id}
          type="button"
          className={classes.thumbnail}
          aria-current={first + offset === position || undefined}
          aria-label={t('labeling.goTo', { number: first + offset + 1 })}
          onClick={() => goTo(first + offset)}
        >
          <img src={photoUrl(id, 'thumbnail')} alt="" width={56} height={56} decoding="async" />
          <span className={classes.answer} style={{ background: colorOf(id) }} />
        </button>
      ))}
    </div>
  );
}

const noPhotos: readonly PhotoId[] = [];
