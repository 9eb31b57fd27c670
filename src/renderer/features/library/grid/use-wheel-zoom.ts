import { type RefObject, useEffect } from 'react';
import { zoomedSize } from '../../../stores/view-store';
import { useStudio } from '../../../stores/use-studio';

/** Wheel units (about pixels) of one step: a notch of a mouse wheel is 120. */
const unitsAStep = 40;

/** Ctrl or Command with the wheel, or a pinch on a touchpad, makes thumbnails larger or smaller. */
export function useWheelZoom(scroller: RefObject<HTMLElement | null>): void {
  const { stores } = useStudio();
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      // Or the browser would zoom the whole page.
      event.preventDefault();
      const { thumbnailSize, set } = stores.view.getState();
      set({ thumbnailSize: zoomedSize(thumbnailSize, -event.deltaY / unitsAStep) });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [stores, scroller]);
}
