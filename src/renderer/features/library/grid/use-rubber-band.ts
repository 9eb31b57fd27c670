import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useStudio } from '../../../stores/use-studio';
import { attempt } from '../../../ui/attempt';
import type { GridRows } from '../../../stores/grid-rows';
import { type Box, cellsTouched } from './grid-geometry';

/** A mouse that moves less than this while pressed was only clicked. */
const slack = 6;

interface Start {
  x: number;
  y: number;
  /** What was selected before, when Shift, Ctrl or Command adds to it. */
  kept: readonly number[];
}

/** Selects with the mouse by drawing a frame over the grid; the scroller's padding is left out. */
export function useRubberBand(
  scroller: RefObject<HTMLDivElement | null>,
  rows: GridRows,
  pitch: number,
) {
  const { stores } = useStudio();
  const [box, setBox] = useState<Box>();
  const start = useRef<Start>(undefined);
  const ended = useRef(false);
  const latest = useRef({ rows, pitch });
  useEffect(() => {
    latest.current = { rows, pitch };
  }, [rows, pitch]);

  useEffect(() => {
    function boxTo(event: globalThis.PointerEvent): Box | undefined {
      const from = start.current;
      if (!from || !scroller.current) return undefined;
      const { x, y } = positionIn(scroller.current, event);
      if (Math.hypot(x - from.x, y - from.y) < slack) return undefined;
      return {
        left: Math.max(0, Math.min(from.x, x)),
        top: Math.max(0, Math.min(from.y, y)),
        right: Math.max(from.x, x),
        bottom: Math.max(from.y, y),
      };
    }

    async function catchPhotos(caught: Box, kept: readonly number[]): Promise<void> {
      const { idsBetween } = stores.photos.getState();
      const ranges = cellsTouched(caught, latest.current.rows, latest.current.pitch);
      const ids = await Promise.all(ranges.map(([first, last]) => idsBetween(first, last)));
      stores.selection.getState().select([...kept, ...ids.flat()]);
    }

    const onMove = (event: globalThis.PointerEvent) => {
      const next = boxTo(event);
      if (next) setBox(next);
    };
    const onUp = (event: globalThis.PointerEvent) => {
      const caught = boxTo(event);
      const kept = start.current?.kept ?? [];
      start.current = undefined;
      setBox(undefined);
      if (!caught) return;
      // The click that follows belongs to the drag.
      ended.current = true;
      void attempt(() => catchPhotos(caught, kept));
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
    };
  }, [scroller, stores]);

  return {
    box,
    onPointerDown(event: PointerEvent) {
      ended.current = false;
      const element = scroller.current;
      const isOnScrollbar =
        element !== null &&
        event.clientX > element.getBoundingClientRect().left + element.clientWidth;
      if (!element || event.button !== 0 || event.pointerType !== 'mouse' || isOnScrollbar) return;
      // A press on a selected photo begins to drag it.
      if (event.target instanceof Element && event.target.closest('[draggable="true"]')) return;
      const adds = event.shiftKey || event.ctrlKey || event.metaKey;
      const { selected } = stores.selection.getState();
      start.current = { ...positionIn(element, event), kept: adds ? [...selected] : [] };
    },
    /** True once after a drag: its click means nothing more. */
    justEnded(): boolean {
      const was = ended.current;
      ended.current = false;
      return was;
    },
  };
}

function positionIn(element: HTMLElement, event: { clientX: number; clientY: number }) {
  const { left, top } = element.getBoundingClientRect();
  const { paddingLeft, paddingTop } = getComputedStyle(element);
  return {
    x: event.clientX - left - Number.parseFloat(paddingLeft),
    y: event.clientY - top - Number.parseFloat(paddingTop) + element.scrollTop,
  };
}
