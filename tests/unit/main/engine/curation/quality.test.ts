import { findQualityIssues, type QualityFacts } from '@main/engine/curation/quality';
import { expect, it } from 'vitest';

function facts(changes: Partial<Record<keyof QualityFacts, Record<number, number>>>): QualityFacts {
  const count = 40;
  const filled = (value: (index: number) => number) =>
    Float64Array.from({ length: count }, (_, i) => value(i));
  const all: QualityFacts = {
    width: filled(() => 640),
    height: filled(() => 480),
    sharpness: filled((i) => 400 + i * 20),
    brightness: filled(() => 120),
    contrast: filled(() => 60),
    labels: Int32Array.from({ length: count }, (_, i) => i % 2),
    duplicates: Int32Array.from({ length: count }, (_, i) => i),
  };
  for (const [name, values] of Object.entries(changes)) {
    for (const [index, value] of Object.entries(values)) {
      all[name as keyof QualityFacts][Number(index)] = value;
    }
  }
  return all;
}

const found = (...args: Parameters<typeof facts>) =>
  findQualityIssues(facts(...args)).map(({ kind, photo, measured }) => [kind, photo, measured]);

it('says nothing of ordinary photos', () => {
  expect(found({})).toEqual([]);
});

it('names each kind with what was measured, worst first', () => {
  expect(
    found({
      brightness: { 1: 12, 2: 30, 3: 240 },
      contrast: { 4: 5, 5: Number.NaN },
      width: { 6: 2000, 7: 64 },
    }),
  ).toEqual([
    ['low-contrast', 4, 5],
    ['odd-aspect', 7, 480 / 64],
    ['odd-aspect', 6, 2000 / 480],
    ['tiny', 7, 64],
    ['too-bright', 3, 240],
    ['too-dark', 1, 12],
    ['too-dark', 2, 30],
  ]);
});

it('calls a photo blurred that is far less sharp than others, not one of a smooth thing', () => {
  expect(found({ sharpness: { 8: 3 } })).toEqual([['blurred', 8, 3]]);
  const smooth = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i * 2, 20 + i]));
  expect(found({ sharpness: smooth })).toEqual([]);
});

it('calls a copy blurred that lost the sharpness of its twin', () => {
  const sharpness = { 10: 2000, 11: 90 };
  expect(found({ sharpness })).toEqual([]);
  expect(found({ sharpness, duplicates: { 11: 10 } })).toEqual([['blurred', 11, 90]]);
});
