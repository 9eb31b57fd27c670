import { worstRounded } from '@shared/domain/layer-error';
import { expect, it } from 'vitest';

const layer = (name: string, signalToNoise: number, added: number) => ({
  name,
  operator: 'CONV_2D',
  signalToNoise,
  added,
  clipped: 0,
});

it('the tensors whose own rounding weighs most come first, not those that were handed the noise', () => {
  const layers = [
    layer('handed', 8, 0),
    layer('a little', 10, 0.1),
    layer('most', 12, 1),
    layer('fine', 50, 1),
  ];
  expect(worstRounded(layers, 2)).toEqual(['most', 'a little']);
  expect(worstRounded(layers, 9)).toEqual(['most', 'a little', 'fine']);
});
