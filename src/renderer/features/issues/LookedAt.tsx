import { Modal } from '@mantine/core';
import { usePhotoUrl } from '../../stores/use-photo-url';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { PhotoView } from '../../ui/PhotoView';
import classes from './LookedAt.module.css';

/** One photo large, over the place. */
export function LookedAt() {
  const { stores } = useStudio();
  const photoUrl = usePhotoUrl();
  const photoId = useStudioStore('view', (view) => view.lookedAt);
  const photo = useStudioStore('issues', ({ issues }) =>
    issues.find((issue) => issue.photoId === photoId),
  )?.photo;
  return (
    <Modal
      opened={photo !== undefined}
      onClose={() => stores.view.getState().set({ lookedAt: undefined })}
      title={photo?.fileName}
      size="min(1100px, 92vw)"
    >
      {photo && (
        <div className={classes.frame}>
          <PhotoView
            key={photo.id}
            source={photoUrl(photo.id, 'display')}
            preview={photoUrl(photo.id, 'thumbnail')}
            alt={photo.fileName}
          />
        </div>
      )}
    </Modal>
  );
}
