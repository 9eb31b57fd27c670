import { categorize } from '@renderer/features/map/categories';
import { labelMark } from '@renderer/features/map/map-palette';
import { levels, stylePoints } from '@renderer/features/map/point-styles';
import { describe, expect, it } from 'vitest';
import { fakeLabels } from '../../fakes/fake-photos';

const facts = {
  labels: Uint32Array.of(1, 2, 2, 0),
  splits: Uint8Array.of(1, 2, 3, 0),
  suggestions: Uint32Array.of(1, 1, 0, 0),
  agreements: Uint8Array.of(1, 2, 0, 0),
  hidden: Uint8Array.of(0, 0, 0, 0),
};
const labels = fakeLabels(['banana', 'hat', 'truck']);

describe('categorize', () => {
  it.each([
    ['label', [1, 2, 0], [1, 2, 1]],
    ['split', [1, 2, 3, 0], [1, 1, 1, 1]],
    ['suggestion', [1, 0], [2, 2]],
    ['agreement', [2, 1, 0], [1, 1, 2]],
  ] as const)('by %s: those there are, with counts', (coloring, keys, counts) => {
    const { list } = categorize(coloring, facts, labels, 'dark');
    expect(list.map(({ key }) => key)).toEqual(keys);
    expect(list.map(({ count }) => count)).toEqual(counts);
  });

  it('counts nothing that is hidden', () => {
    const hidden = { ...facts, hidden: Uint8Array.of(1, 0, 0, 0) };
    expect(categorize('label', hidden, labels, 'dark').list.map(({ key }) => key)).toEqual([2, 0]);
  });

  it('gives 32 labels a mark of their own in each theme, and still draws those after them', () => {
    for (const scheme of ['dark', 'light'] as const) {
      const marks = Array.from({ length: 32 }, (_, place) => labelMark(place, scheme));
      expect(new Set(marks.map((mark) => JSON.stringify(mark))).size).toBe(32);
    }
    const many = fakeLabels(Array.from({ length: 40 }, (_, i) => `label ${i}`));
    const last = { ...facts, labels: Uint32Array.of(40, 40, 40, 40) };
    expect(categorize('label', last, many, 'dark').list).toMatchObject([
      { key: 40, name: 'label 39', count: 4 },
    ]);
  });
});

describe('stylePoints', () => {
  const photoIds = Uint32Array.of(11, 12, 13, 14);
  const categories = categorize('label', facts, labels, 'dark');

  it('dims other categories, rings what is selected, leaves out what is hidden', () => {
    const hidden = { ...facts, hidden: Uint8Array.of(0, 0, 0, 1) };
    const { levels: given } = stylePoints(photoIds, hidden, categories, 2, new Set([13]));
    expect([...given]).toEqual([levels.dim, levels.plain, levels.selected, levels.hidden]);
  });

  it('gives points of a category one color, of others another', () => {
    const { colors } = stylePoints(photoIds, facts, categories, undefined, new Set());
    const of = (index: number) => [...colors.subarray(index * 4, index * 4 + 3)].join();
    expect(of(1)).toBe(of(2));
    expect(of(0)).not.toBe(of(1));
  });
});
