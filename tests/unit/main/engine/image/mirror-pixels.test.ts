import { mirrorPixels } from '@main/engine/image/mirror-pixels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('mirrorPixels', () => {
  it('flips rows left to right and keeps each pixel whole', () => {
    const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90];
    expect([...mirrorPixels(Uint8Array.from(rows), 3)]).toEqual([
      7, 8, 9, 4, 5, 6, 1, 2, 3, 70, 80, 90, 40, 50, 60, 10, 20, 30,
    ]);
  });

  it('twice gives the picture back, and the argument stays as it was', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (width, height) => {
          const bytes = Uint8Array.from({ length: width * height * 3 }, (_, at) => at % 251);
          const before = bytes.slice();
          expect(mirrorPixels(mirrorPixels(bytes, width), width)).toEqual(bytes);
          expect(bytes).toEqual(before);
        },
      ),
    );
  });
});
