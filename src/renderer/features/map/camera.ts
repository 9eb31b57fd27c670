import type { MapCamera } from '../../stores/map-store';

export interface Size {
  width: number;
  height: number;
}

const margin = 28;
/** How far one can go in, beyond all of the map. */
const deepest = 200;

/** All of the map, -1..1. */
export function wholeMap({ width, height }: Size): MapCamera {
  return { x: 0, y: 0, scale: Math.max(1, Math.min(width, height) / 2 - margin) };
}

/** From pixels of the canvas, y down, to the map, y up. */
export const toMap = (camera: MapCamera, size: Size, x: number, y: number) => ({
  x: camera.x + (x - size.width / 2) / camera.scale,
  y: camera.y - (y - size.height / 2) / camera.scale,
});

export const toCanvas = (camera: MapCamera, size: Size, x: number, y: number) => ({
  x: size.width / 2 + (x - camera.x) * camera.scale,
  y: size.height / 2 - (y - camera.y) * camera.scale,
});

/** Moves what is seen by so many pixels; the middle stays on the map. */
export const moved = (camera: MapCamera, dx: number, dy: number): MapCamera => ({
  ...camera,
  x: Math.max(-1, Math.min(1, camera.x - dx / camera.scale)),
  y: Math.max(-1, Math.min(1, camera.y + dy / camera.scale)),
});

/** Zooms by a factor; what lies at the pixel x, y stays there. */
export function zoomed(
  camera: MapCamera,
  size: Size,
  factor: number,
  { x, y } = { x: size.width / 2, y: size.height / 2 },
): MapCamera {
  const whole = wholeMap(size).scale;
  const scale = Math.max(whole / 2, Math.min(whole * deepest, camera.scale * factor));
  const fixed = toMap(camera, size, x, y);
  return {
    x: fixed.x - (x - size.width / 2) / scale,
    y: fixed.y + (y - size.height / 2) / scale,
    scale,
  };
}
