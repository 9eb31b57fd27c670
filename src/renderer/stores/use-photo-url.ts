import type { PhotoId } from '@shared/domain/photo';
import { useCallback } from 'react';
import { useStudio, useStudioStore } from './use-studio';

export type PhotoSize = 'thumbnail' | 'display';

/**
 * Addresses of pictures for `<img>`. Photo 1 is another picture in another project: the address names
 * the project's birth, so that the browser may keep what it has once seen.
 */
export function useMediaUrl(): (path: string) => string {
  const { host } = useStudio();
  const createdAt = useStudioStore('project', (state) => state.project?.createdAt ?? '');
  return useCallback(
    (path) => `${host.mediaUrl(path)}?v=${encodeURIComponent(createdAt)}`,
    [host, createdAt],
  );
}

/** Addresses of photos of the project. */
export function usePhotoUrl(): (photoId: PhotoId, size: PhotoSize) => string {
  const mediaUrl = useMediaUrl();
  return useCallback((photoId, size) => mediaUrl(`photo/${photoId}/${size}`), [mediaUrl]);
}
