import { paintHeat } from '@renderer/features/comparison/paint-heat';
import { expect, it } from 'vitest';

/** A canvas that keeps what is put on it. */
function canvas() {
  const painted: number[] = [];
  const painter = {
    createImageData: (width: number, height: number) => ({
      data: new Uint8ClampedArray(width * height * 4),
    }),
    putImageData: ({ data }: { data: Uint8ClampedArray }) => void painted.push(...data),
  };
  const element = { getContext: () => painter } as unknown as HTMLCanvasElement;
  return { element, painted };
}

it('paints what speaks for an answer, the hottest strongest, and nothing where nothing does', () => {
  const { element, painted } = canvas();
  const values = Float32Array.of(-3, 0, 2, 4);
  paintHeat(element, { width: 2, height: 2, cropFraction: 1, values }, 4);
  const opacity = [3, 7, 11, 15].map((at) => painted[at]);
  expect(opacity).toEqual([0, 0, 95, 190]);
  // Red, without any of the green that makes yellow.
  expect(painted.slice(12, 14)).toEqual([255, 0]);
});

it('paints nothing where nothing speaks for the answers', () => {
  const { element, painted } = canvas();
  paintHeat(element, { width: 1, height: 1, cropFraction: 1, values: Float32Array.of(-1) }, -1);
  expect(painted).toEqual([]);
});
