import { type RefObject, useEffect, useRef, useState } from 'react';
import type { MapPoints } from '../../stores/map-store';
import { useStudio, useStudioStore } from '../../stores/use-studio';
import { wholeMap } from './camera';
import { createPointPainter } from './point-painter';
import type { PointPainter, PointStyles } from './point-styles';

/** Keeps what is painted equal to what is known, once a frame at most. Nothing moves by itself. */
export function usePainter(
  frame: RefObject<HTMLDivElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
  points: MapPoints,
  styles: PointStyles,
): void {
  const { stores } = useStudio();
  const camera = useStudioStore('map', (state) => state.camera);
  const size = useStudioStore('map', (state) => state.size);
  const scheme = useStudioStore('view', (view) => view.colorScheme);
  const painter = useRef<PointPainter>(undefined);
  /** Counts contexts: a graphics card may drop one, and all that was in it. */
  const [context, setContext] = useState(0);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      stores.map.getState().set({ size: { width, height } });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [frame, stores]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    painter.current = createPointPainter(element);
    const lost = (event: Event) => event.preventDefault();
    const restored = () => setContext((count) => count + 1);
    element.addEventListener('webglcontextlost', lost);
    element.addEventListener('webglcontextrestored', restored);
    return () => {
      element.removeEventListener('webglcontextlost', lost);
      element.removeEventListener('webglcontextrestored', restored);
      painter.current?.dispose();
      painter.current = undefined;
    };
  }, [canvas, context]);

  useEffect(() => painter.current?.setPositions(points.positions), [points, context]);
  useEffect(() => painter.current?.setStyles(styles), [styles, context]);
  useEffect(() => {
    if (size.width === 0 || size.height === 0) return;
    const request = requestAnimationFrame(() =>
      painter.current?.draw(camera ?? wholeMap(size), size, scheme),
    );
    return () => cancelAnimationFrame(request);
  }, [camera, size, scheme, points, styles, context]);
}
