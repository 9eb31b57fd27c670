import { createCanvasPainter } from './canvas-painter';
import type { PointPainter } from './point-styles';
import { createWebglPainter } from './webgl-painter';

/** By WebGL, else by the canvas itself; undefined where there is neither. */
export function createPointPainter(canvas: HTMLCanvasElement): PointPainter | undefined {
  return createWebglPainter(canvas) ?? createCanvasPainter(canvas);
}
