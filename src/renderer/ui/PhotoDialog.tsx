import { Modal } from '@mantine/core';
import type { PhotoId, PhotoSummary } from '@shared/domain/photo';
import classes from './PhotoDialog.module.css';
import { PhotoView } from './PhotoView';

interface PhotoDialogProps {
  /** Absent: closed. */
  photo: PhotoSummary | undefined;
  photoUrl(photoId: PhotoId, size: 'thumbnail' | 'display'): string;
  onClose(): void;
}

/** One photo large, over a gallery. */
export function PhotoDialog({ photo, photoUrl, onClose }: PhotoDialogProps) {
  return (
    <Modal
      opened={photo !== undefined}
      onClose={onClose}
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
