import type { PhotoId } from '@shared/domain/photo';
import type { MapCamera, MapFacts } from '../../stores/map-store';
import type { Size } from './camera';
import type { Categories } from './categories';
import { type Scheme, shapes } from './map-palette';

/** How points stand out: those of other categories are dim, selected ones have a ring. */
export const levels = { hidden: 0, dim: 1, plain: 2, selected: 3 } as const;

/** How each point is drawn. */
export interface PointStyles {
  /** Red, green, blue, and nothing by turns, 0..255. */
  colors: Uint8Array;
  /** Numbers of shapes. */
  shapes: Uint8Array;
  levels: Uint8Array;
}

export interface PointPainter {
  setPositions(positions: Float32Array): void;
  setStyles(styles: PointStyles): void;
  draw(camera: MapCamera, size: Size, scheme: Scheme): void;
  dispose(): void;
}

export function stylePoints(
  photoIds: Uint32Array,
  { hidden }: MapFacts,
  { list, keys }: Categories,
  highlight: number | undefined,
  selected: ReadonlySet<PhotoId>,
): PointStyles {
  const marks = new Map(list.map(({ key, mark }) => [key, mark]));
  const styles: PointStyles = {
    colors: new Uint8Array(keys.length * 4),
    shapes: new Uint8Array(keys.length),
    levels: new Uint8Array(keys.length),
  };
  keys.forEach((key: number, index: number) => {
    const mark = marks.get(key);
    if (!mark || hidden[index] !== 0) return;
    styles.colors.set(mark.color, index * 4);
    styles.shapes[index] = shapes.indexOf(mark.shape);
    const isDim = highlight !== undefined && key !== highlight;
    const isSelected = selected.size > 0 && selected.has(photoIds[index] ?? 0);
    styles.levels[index] = isSelected ? levels.selected : isDim ? levels.dim : levels.plain;
  });
  return styles;
}

/** Diameter of a point in CSS pixels: the more there are, the smaller; larger from near. */
export function pointDiameter(count: number, zoom: number): number {
  const fromFar = count < 2000 ? 9 : count < 20_000 ? 6 : 3.5;
  return fromFar * Math.max(1, Math.min(3, zoom ** 0.4));
}

/** Setting a size clears a canvas, even to the same. */
export function fitTo(canvas: HTMLCanvasElement, width: number, height: number): void {
  const [wide, high] = [Math.max(1, Math.round(width)), Math.max(1, Math.round(height))];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
}
