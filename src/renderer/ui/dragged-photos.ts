import type { PhotoId } from '@shared/domain/photo';
import type { DragEvent } from 'react';

const type = 'application/x-pocketlens-photos';

/** Of the drag under way: a drag hands its data out only when it is dropped, and ids may be many. */
let dragged: readonly PhotoId[] = [];

export function startPhotoDrag(event: DragEvent, photoIds: readonly PhotoId[]): void {
  dragged = photoIds;
  event.dataTransfer.setData(type, String(photoIds.length));
  event.dataTransfer.effectAllowed = 'link';
}

export const isPhotoDrag = (event: DragEvent): boolean => event.dataTransfer.types.includes(type);

/** The photos that were dropped; none when something else was. */
export function droppedPhotos(event: DragEvent): readonly PhotoId[] {
  return isPhotoDrag(event) ? dragged : [];
}
