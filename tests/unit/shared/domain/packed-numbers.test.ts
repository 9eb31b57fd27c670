import {
  packNumbers,
  unpackBytes,
  unpackFloat32,
  unpackUint32,
} from '@shared/domain/packed-numbers';
import fc from 'fast-check';
import { expect, it } from 'vitest';

it('brings back every list of numbers', () => {
  fc.assert(
    fc.property(fc.uint32Array(), fc.float32Array(), fc.uint8Array(), (ids, places, bytes) => {
      expect(unpackUint32(packNumbers(ids))).toEqual(ids);
      expect(unpackFloat32(packNumbers(places))).toEqual(places);
      expect(unpackBytes(packNumbers(bytes))).toEqual(bytes);
    }),
  );
});

it('packs a part of a buffer, and more than a call takes arguments', () => {
  const numbers = Uint32Array.from({ length: 300_000 }, (_, i) => i * 7919);
  expect(unpackUint32(packNumbers(numbers.subarray(5)))).toEqual(numbers.slice(5));
});

it('is base64 of little-endian bytes', () => {
  expect(packNumbers(Uint32Array.of(1, 256))).toBe('AQAAAAABAAA=');
});
