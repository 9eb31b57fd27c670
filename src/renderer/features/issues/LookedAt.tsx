import { useStudio, useStudioStore } from '../../stores/use-studio';
import { PhotoDialog } from '../../ui/PhotoDialog';
import { usePhotoUrl } from '../../stores/use-photo-url';

/** One photo large, over the place. */
export function LookedAt() {
  const { stores } = useStudio();
  const photoUrl = usePhotoUrl();
  const photoId = useStudioStore('view', (view) => view.lookedAt);
  const photo = useStudioStore('issues', ({ issues }) =>
    issues.find((issue) => issue.photoId === photoId),
  )?.photo;
  return (
    <PhotoDialog
      photo={photo}
      photoUrl={photoUrl}
      onClose={() => stores.view.getState().set({ lookedAt: undefined })}
    />
  );
}
