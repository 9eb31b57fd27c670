import type { PhotoId } from '@shared/domain/photo';
import { useCallback } from 'react';
import { useStudio, useStudioStore } from './use-studio';

export type PhotoSize = 'thumbnail' | 'display';

/**
 * Addresses of photos for `<img>`. Photo 1 is another picture in another project: the address names
 * the project's birth, so that the browser may keep what it has once seen.
 */
export function usePhotoUrl(): (photoId: PhotoId, size: PhotoSize) => string {
  const { host } = useStudio();
  const createdAt = useStudioStore('project', (state) => state.project?.createdAt ?? '');
  return useCallback(
    (photoId, size) =>
      `${host.mediaUrl(`photo/${photoId}/${size}`)}?v=${encodeURIComponent(createdAt)}`,
    [host, createdAt],
  );
}
