import { disturbPicture } from '@main/engine/image/disturb-picture';
import { createRandom } from '@shared/domain/random';
import { type Disturbance, disturbances, disturbanceStrengths } from '@shared/domain/robustness';
import { describe, expect, it } from 'vitest';

const width = 32;
const height = 24;
/** A gradient with a hard edge, bright and dark. */
const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
  const x = Math.floor(i / 3) % width;
  return x < width / 2 ? 40 + 2 * x : 160 + 2 * x;
});
const image = { width, height, data };

const disturb = (disturbance: Disturbance, strength: number, seed = 1) =>
  disturbPicture(image, disturbance, strength, createRandom(seed));

/** Root of the mean squared difference. */
const distance = (one: Uint8Array, other: Uint8Array) =>
  Math.sqrt(one.reduce((sum, value, i) => sum + (value - (other[i] ?? 0)) ** 2, 0) / one.length);

describe.each(disturbances)('%s', (disturbance) => {
  const strengths = disturbanceStrengths[disturbance];

  it('changes the picture more from strength to strength, and leaves the given one alone', async () => {
    const before = Uint8Array.from(data);
    const distances: number[] = [];
    // Blur is measured on 224 pixels: ten times as much is seen on these few.
    const scale = disturbance === 'blur' ? 10 : 1;
    for (const strength of strengths) {
      const worse = await disturb(disturbance, strength * scale);
      expect(worse).toHaveLength(data.length);
      distances.push(distance(worse, data));
    }
    expect(distances[0]).toBeGreaterThan(0);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(data).toEqual(before);
  });

  it('is the same each time', async () => {
    const strength = strengths[2];
    expect(await disturb(disturbance, strength)).toEqual(await disturb(disturbance, strength));
  });
});

it('scales brightness, and stops at white', async () => {
  expect((await disturb('darker', 0.5))[0]).toBe(20);
  expect((await disturb('brighter', 2.5)).at(-1)).toBe(255);
});

it('adds noise of the deviation that is asked for, with no color of its own', async () => {
  const gray = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 3).fill(128) };
  const noisy = await disturbPicture(gray, 'noise', 16, createRandom(3));
  expect(distance(noisy, gray.data)).toBeCloseTo(16, 0);
  expect(noisy.reduce((sum, value) => sum + value, 0) / noisy.length).toBeCloseTo(128, 0);
});

it('turns to a side that chance decides', async () => {
  const turns = await Promise.all([1, 2, 7, 8].map((seed) => disturb('turned', 20, seed)));
  expect(new Set(turns.map((turn) => Buffer.from(turn).toString('base64'))).size).toBe(2);
});
