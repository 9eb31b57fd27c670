import { moved, toCanvas, toMap, wholeMap, zoomed } from '@renderer/features/map/camera';
import { nearestPoint, pointsInPolygon } from '@renderer/features/map/pick-points';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const all = () => true;
const positions = Float32Array.of(0, 0, 0.5, 0.5, -0.5, 0.5, 2, 2, 0.1, 0);

describe('pointsInPolygon', () => {
  const square = [-1, -1, 1, -1, 1, 1, -1, 1];

  it('finds what is inside, only of what is shown', () => {
    expect(pointsInPolygon(positions, square, all)).toEqual([0, 1, 2, 4]);
    expect(pointsInPolygon(positions, square, (index) => index % 2 === 0)).toEqual([0, 2, 4]);
  });

  it('leaves out a notch, and the hole of an outline that crosses itself', () => {
    const notched = [-1, -1, 1, -1, 1, 1, 0, -0.5, -1, 1];
    expect(pointsInPolygon(positions, notched, all)).toEqual([]);
    const bow = [-1, -1, 1, 1, 1, -1, -1, 1];
    expect(pointsInPolygon(Float32Array.of(0.5, 0, 0, 0.5), bow, all)).toEqual([0]);
  });

  it('an outline of fewer than three corners holds nothing', () => {
    expect(pointsInPolygon(positions, [-1, -1, 1, 1], all)).toEqual([]);
  });

  it('agrees with a circle wherever it is and whichever way it was drawn', () => {
    const place = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(place, place, place, place, fc.boolean(), (cx, cy, x, y, isBackward) => {
        const corners = Array.from({ length: 90 }, (_, i) => {
          const angle = ((isBackward ? -i : i) * 2 * Math.PI) / 90;
          return [cx + 0.5 * Math.cos(angle), cy + 0.5 * Math.sin(angle)];
        });
        const distance = Math.hypot(x - cx, y - cy);
        // Between the polygon and its circle either answer is right.
        fc.pre(Math.abs(distance - 0.5) > 0.01);
        const inside = pointsInPolygon(Float32Array.of(x, y), corners.flat(), all);
        expect(inside.length).toBe(distance < 0.5 ? 1 : 0);
      }),
    );
  });
});

describe('nearestPoint', () => {
  it('finds the nearest within reach, of what is shown', () => {
    expect(nearestPoint(positions, 0.08, 0, 0.2, all)).toBe(4);
    expect(nearestPoint(positions, 0.08, 0, 0.2, (index) => index !== 4)).toBe(0);
    expect(nearestPoint(positions, 0.25, 0, 0.1, all)).toBeUndefined();
  });
});

describe('camera', () => {
  const size = { width: 800, height: 600 };
  const camera = fc.record({
    x: fc.double({ min: -1, max: 1, noNaN: true }),
    y: fc.double({ min: -1, max: 1, noNaN: true }),
    scale: fc.double({ min: 150, max: 20_000, noNaN: true }),
  });
  const pixel = fc.record({
    x: fc.integer({ max: 800, min: 0 }),
    y: fc.integer({ max: 600, min: 0 }),
  });

  it('goes to the map and back', () => {
    fc.assert(
      fc.property(camera, pixel, (seen, { x, y }) => {
        const place = toMap(seen, size, x, y);
        const back = toCanvas(seen, size, place.x, place.y);
        expect(back.x).toBeCloseTo(x, 5);
        expect(back.y).toBeCloseTo(y, 5);
      }),
    );
  });

  it('zooming leaves what is under the pointer where it is', () => {
    fc.assert(
      fc.property(
        camera,
        pixel,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (seen, at, factor) => {
          const place = toMap(seen, size, at.x, at.y);
          const after = toCanvas(zoomed(seen, size, factor, at), size, place.x, place.y);
          expect(after.x).toBeCloseTo(at.x, 4);
          expect(after.y).toBeCloseTo(at.y, 4);
        },
      ),
    );
  });

  it('shows all of the map, and never loses it', () => {
    const whole = wholeMap(size);
    expect(toCanvas(whole, size, 0, 1).y).toBeGreaterThan(0);
    expect(toCanvas(whole, size, 0, -1).y).toBeLessThan(600);
    const far = moved(whole, 1e6, -1e6);
    expect([far.x, far.y]).toEqual([-1, -1]);
    expect(zoomed(whole, size, 1e-9).scale).toBe(whole.scale / 2);
  });
});
