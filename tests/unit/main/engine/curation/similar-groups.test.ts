import { hashList } from '@main/engine/curation/hash-neighbors';
import { similarGroups } from '@main/engine/curation/similar-groups';
import { expect, it } from 'vitest';

const zero = '0000000000000000';
const fourBits = '000000000000000f';
const sixBits = '000000000000003f';
const far = 'ffffffffffffffff';
const rows = (...vectors: [number, number][]) => ({
  count: vectors.length,
  width: 2,
  data: Float32Array.from(vectors.flat()),
});

it('takes close hashes for copies when features agree, and closer ones when they half do', () => {
  const hashes = hashList([zero, fourBits, sixBits, far]);
  const alike = rows([1, 0], [0.6, 0.8], [0.95, 0.312], [1, 0]);
  expect([...similarGroups({ hashes, features: alike }).duplicates]).toEqual([0, 0, 0, 3]);
  const different = rows([1, 0], [0, 1], [0.6, 0.8], [1, 0]);
  expect([...similarGroups({ hashes, features: different }).duplicates]).toEqual([0, 1, 1, 3]);
});

it('trusts nearly equal hashes alone where features are not known', () => {
  const hashes = hashList([zero, '0000000000000003', fourBits]);
  const unknown = rows([0, 0], [0, 0], [0, 0]);
  expect([...similarGroups({ hashes, features: unknown }).duplicates]).toEqual([0, 0, 0]);
  const apart = hashList([zero, fourBits]);
  expect([...similarGroups({ hashes: apart }).duplicates]).toEqual([0, 1]);
});

it('joins shots of one camera within seconds that look alike, and keeps both kinds together', () => {
  const hashes = hashList([zero, '00000000000003ff', '00000000000003fe', zero]);
  const features = rows([1, 0], [0.9, 0.436], [0.9, 0.436], [0, 1]);
  const burst = similarGroups({
    hashes,
    features,
    takenAt: Float64Array.of(10, 12, 500, 10.5),
    camera: Int32Array.of(1, 1, 1, 2),
  });
  expect([...burst.bursts]).toEqual([0, 0, 2, 3]);
  expect([...burst.duplicates]).toEqual([0, 1, 1, 3]);
  expect([...burst.together]).toEqual([0, 0, 0, 3]);
});

it('knows no bursts without times', () => {
  const hashes = hashList([zero, '00000000000003ff']);
  const takenAt = Float64Array.of(Number.NaN, Number.NaN);
  expect([...similarGroups({ hashes, takenAt }).together]).toEqual([0, 1]);
});

it('keeps shots of the studio’s camera together whatever they show, and calls them no copies', () => {
  const photos = {
    hashes: hashList([zero, far, zero]),
    features: rows([1, 0], [0, 1], [0, 1]),
    takenAt: Float64Array.of(10, 11, 90),
    camera: Int32Array.of(1, 1, 1),
  };
  expect([...similarGroups({ ...photos, studioCamera: 1 }).together]).toEqual([0, 0, 2]);
  expect([...similarGroups({ ...photos, studioCamera: 1 }).bursts]).toEqual([0, 1, 2]);
  expect([...similarGroups(photos).together]).toEqual([0, 1, 2]);
});
