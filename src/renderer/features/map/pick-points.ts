/** Whether the point with that number can be picked. */
export type IsShown = (index: number) => boolean;

/**
 * Numbers of the points inside a polygon (even-odd rule), ascending. `positions` and `polygon`: x, y
 * by turns, in the same units; the polygon closes by itself.
 */
export function pointsInPolygon(
  positions: Float32Array,
  polygon: readonly number[],
  isShown: IsShown,
): number[] {
  if (polygon.length < 6) return [];
  const [left, top, right, bottom] = boundsOf(polygon);
  const inside: number[] = [];
  for (let index = 0; index < positions.length / 2; index += 1) {
    const x = positions[index * 2] ?? 0;
    const y = positions[index * 2 + 1] ?? 0;
    if (x < left || x > right || y < top || y > bottom) continue;
    if (isShown(index) && isInside(polygon, x, y)) inside.push(index);
  }
  return inside;
}

function boundsOf(polygon: readonly number[]): [number, number, number, number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < polygon.length; i += 2) {
    left = Math.min(left, polygon[i] ?? 0);
    right = Math.max(right, polygon[i] ?? 0);
    top = Math.min(top, polygon[i + 1] ?? 0);
    bottom = Math.max(bottom, polygon[i + 1] ?? 0);
  }
  return [left, top, right, bottom];
}

/** A ray to the right crosses the outline an odd number of times. */
function isInside(polygon: readonly number[], x: number, y: number): boolean {
  let inside = false;
  const { length } = polygon;
  for (let i = 0, before = length - 2; i < length; before = i, i += 2) {
    const [x1 = 0, y1 = 0] = [polygon[i], polygon[i + 1]];
    const [x2 = 0, y2 = 0] = [polygon[before], polygon[before + 1]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/** The point nearest to x, y and not further than `reach`; undefined: none is. */
export function nearestPoint(
  positions: Float32Array,
  x: number,
  y: number,
  reach: number,
  isShown: IsShown,
): number | undefined {
  let nearest: number | undefined;
  let least = reach * reach;
  for (let index = 0; index < positions.length / 2; index += 1) {
    const dx = (positions[index * 2] ?? 0) - x;
    const dy = (positions[index * 2 + 1] ?? 0) - y;
    const squared = dx * dx + dy * dy;
    if (squared <= least && isShown(index)) [nearest, least] = [index, squared];
  }
  return nearest;
}
