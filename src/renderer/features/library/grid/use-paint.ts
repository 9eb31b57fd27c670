import type { LabelId } from '@shared/domain/label';
import { labelKeys } from '@shared/domain/label-keys';
import type { PhotoId } from '@shared/domain/photo';
import { type RefObject, useEffect } from 'react';
import { notifyEdited } from '../../../actions/notify-edited';
import type { Studio } from '../../../stores/create-studio';
import { photoAt } from '../../../stores/photo-pages';
import { useStudio, useStudioStore } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';

interface Point {
  x: number;
  y: number;
}

/** Pixels between the places that a fast sweep is looked at. */
const sampling = 12;

/**
 * While painting is on: sweeping over photos labels them with the brush, with the mouse button down
 * or the label's key held. One sweep is one edit.
 */
export function usePaint(scroller: RefObject<HTMLElement | null>): void {
  const studio = useStudio();
  const isPainting = useStudioStore('view', (view) => view.painting);

  useEffect(() => {
    const element = scroller.current;
    if (!isPainting || !element) return;
    let stroke: Stroke | undefined;
    let at: Point | undefined;

    function begin(): void {
      const { brush } = studio.stores.view.getState();
      if (brush !== undefined) stroke ??= createStroke(studio, brush);
      if (at) sweepTo(at);
    }
    function end(): void {
      const done = stroke;
      stroke = undefined;
      if (done) void attempt(() => done.commit());
    }
    function sweepTo(point: Point): void {
      const from = at ?? point;
      at = point;
      if (!stroke) return;
      const steps = Math.ceil(Math.hypot(point.x - from.x, point.y - from.y) / sampling);
      for (let step = 0; step <= steps; step += 1) {
        const share = steps === 0 ? 1 : step / steps;
        stroke.touch({
          x: from.x + (point.x - from.x) * share,
          y: from.y + (point.y - from.y) * share,
        });
      }
    }

    const onMove = (event: PointerEvent) => sweepTo({ x: event.clientX, y: event.clientY });
    const onLeave = () => (at = undefined);
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0) return;
      at = { x: event.clientX, y: event.clientY };
      begin();
    };
    // After the action of the key has changed the brush.
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.repeat && isLabelKey(studio, event.key)) queueMicrotask(begin);
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (isLabelKey(studio, event.key)) end();
    };
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerleave', onLeave);
    element.addEventListener('pointerdown', onDown);
    window.addEventListener('pointerup', end);
    window.addEventListener('blur', end);
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    return () => {
      end();
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerleave', onLeave);
      element.removeEventListener('pointerdown', onDown);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('blur', end);
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
    };
  }, [studio, scroller, isPainting]);
}

function isLabelKey({ stores }: Studio, key: string): boolean {
  const labels = stores.dataset.getState().summary?.labels ?? [];
  return [...labelKeys(labels).values()].includes(key.toLowerCase());
}

interface Stroke {
  /** Paints the photo at this point of the window, if one is there. */
  touch(point: Point): void;
  /** Stores what was painted, as one edit. */
  commit(): Promise<void>;
}

function createStroke(studio: Studio, labelId: LabelId): Stroke {
  const painted = new Map<PhotoId, { settle(): void; revert(): void }>();
  const photos = studio.stores.photos;
  return {
    touch({ x, y }) {
      const index = document
        .elementFromPoint(x, y)
        ?.closest('[data-index]')
        ?.getAttribute('data-index');
      const photo = index && photoAt(photos.getState().pages, Number(index));
      if (!photo || painted.has(photo.id) || photo.labelId === labelId) return;
      const change = photos.getState().foresee([photo.id], (seen) => ({
        ...seen,
        labelId,
        conflict: undefined,
      }));
      painted.set(photo.id, change);
    },
    async commit() {
      if (painted.size === 0) return;
      try {
        const description = await studio.edits.assignLabel([...painted.keys()], labelId);
        for (const change of painted.values()) change.settle();
        notifyEdited(studio, description);
      } catch (error) {
        for (const change of painted.values()) change.revert();
        throw error;
      }
    },
  };
}
