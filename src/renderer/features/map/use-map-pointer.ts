import type { PhotoId } from '@shared/domain/photo';
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useStudio } from '../../stores/use-studio';
import { moved, toMap, wholeMap, zoomed } from './camera';
import { nearestPoint } from './pick-points';
import { isShownIn, photosInside } from './shown-points';

/** A pointer that moves less than this while pressed was only clicked, in pixels. */
const slack = 4;
/** So near to a point, it is meant. */
const reach = 9;

interface Drag {
  kind: 'move' | 'lasso';
  /** Adds to what is selected. */
  adds: boolean;
  hasMoved: boolean;
  x: number;
  y: number;
}

export interface Hovered {
  photoId: PhotoId;
  /** Of the pointer, in the canvas. */
  x: number;
  y: number;
}

/** Drag moves or, with the lasso or Shift, catches photos; wheel zooms; a click picks one. */
export function useMapPointer(frame: RefObject<HTMLDivElement | null>) {
  const { stores } = useStudio();
  const map = stores.map.getState;
  const drag = useRef<Drag>(undefined);
  const path = useRef<number[]>([]);
  const [outline, setOutline] = useState<readonly number[]>();
  const [hovered, setHovered] = useState<Hovered>();

  const camera = () => map().camera ?? wholeMap(map().size);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { camera: now, size, set } = stores.map.getState();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const factor = Math.exp(-event.deltaY * lines * 0.0016);
      set({ camera: zoomed(now ?? wholeMap(size), size, factor, placeIn(element, event)) });
      setHovered(undefined);
    };
    // React's own listener may not keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [frame, stores]);

  function photoAt(x: number, y: number): PhotoId | undefined {
    const { points, size } = map();
    if (!points) return undefined;
    const place = toMap(camera(), size, x, y);
    const within = reach / camera().scale;
    const isShown = isShownIn(map());
    const index = nearestPoint(points.positions, place.x, place.y, within, isShown);
    return index === undefined ? undefined : points.photoIds[index];
  }

  function select(ids: readonly PhotoId[], adds: boolean): void {
    map().set({ selected: new Set(adds ? [...map().selected, ...ids] : ids) });
  }

  function click(x: number, y: number, adds: boolean): void {
    const photoId = photoAt(x, y);
    if (photoId === undefined) return adds ? undefined : select([], false);
    if (!adds || !map().selected.has(photoId)) return select([photoId], adds);
    select(
      [...map().selected].filter((id) => id !== photoId),
      false,
    );
  }

  return {
    outline,
    hovered,
    onPointerDown(event: PointerEvent<HTMLDivElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const place = placeIn(event.currentTarget, event);
      const kind = event.shiftKey || map().tool === 'lasso' ? 'lasso' : 'move';
      drag.current = { kind, adds: event.ctrlKey || event.metaKey, hasMoved: false, ...place };
      path.current = [place.x, place.y];
      setHovered(undefined);
    },
    onPointerMove(event: PointerEvent<HTMLDivElement>) {
      const { x, y } = placeIn(event.currentTarget, event);
      const now = drag.current;
      if (!now) {
        const photoId = photoAt(x, y);
        return setHovered(photoId === undefined ? undefined : { photoId, x, y });
      }
      const [dx, dy] = [x - now.x, y - now.y];
      if (!now.hasMoved && Math.hypot(dx, dy) < slack) return;
      drag.current = { ...now, hasMoved: true, x, y };
      if (now.kind === 'move') return map().set({ camera: moved(camera(), dx, dy) });
      path.current = [...path.current, x, y];
      setOutline(path.current);
    },
    onPointerUp(event: PointerEvent<HTMLDivElement>) {
      const ended = drag.current;
      drag.current = undefined;
      setOutline(undefined);
      if (!ended) return;
      if (!ended.hasMoved) {
        const { x, y } = placeIn(event.currentTarget, event);
        return click(x, y, ended.adds);
      }
      if (ended.kind === 'lasso') select(photosInside(map(), path.current), ended.adds);
    },
    onPointerCancel() {
      drag.current = undefined;
      setOutline(undefined);
    },
    onPointerLeave: () => setHovered(undefined),
  };
}

function placeIn(element: HTMLElement, event: { clientX: number; clientY: number }) {
  const { left, top } = element.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}
