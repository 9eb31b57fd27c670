import {
  cellsTouched,
  gridGap,
  gridGeometry,
  lineTop,
  titleHeight,
} from '@renderer/features/library/grid/grid-geometry';
import { gridRows } from '@renderer/stores/grid-rows';
import { labelCounts } from '@renderer/features/library/inspector/label-counts';
import { fromHandles, toHandles } from '@renderer/features/library/splits/split-handles';
import { toggleLabelFilter } from '@renderer/features/library/filter/toggle-label-filter';
import { defaultSplitRatio, splitRatioSchema } from '@shared/domain/split';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakePhoto } from '../../fakes/fake-photos';

describe('grid geometry', () => {
  it('fills the width and stays inside it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 80, max: 4000 }),
        fc.integer({ min: 72, max: 280 }),
        (width, wanted) => {
          const { columns, cell } = gridGeometry(width, wanted, 1000);
          const used = columns * cell + (columns - 1) * gridGap;
          expect(used).toBeLessThanOrEqual(width);
          expect(width - used).toBeLessThan(columns);
        },
      ),
    );
  });

  it('gives a cell even without room', () => {
    expect(gridGeometry(0, 128, 10)).toMatchObject({ columns: 1, cell: 1 });
  });

  it('keeps a hundred thousand photos within what a browser can scroll', () => {
    const { columns, pitch } = gridGeometry(800, 640, 100_000);
    expect((100_000 / columns) * pitch).toBeLessThan(33_000_000);
    expect(gridGeometry(800, 640, 1000).columns).toBe(1);
  });

  it('catches the cells that a frame touches, line by line', () => {
    const box = { left: 110, top: 50, right: 250, bottom: 210 };
    expect(cellsTouched(box, gridRows(100, 4, []), 100)).toEqual([
      [1, 2],
      [5, 6],
      [9, 10],
    ]);
    expect(cellsTouched(box, gridRows(6, 4, []), 100), 'the list ends earlier').toEqual([
      [1, 2],
      [5, 5],
    ]);
    const beside = { left: 900, top: 0, right: 950, bottom: 9 };
    expect(cellsTouched(beside, gridRows(100, 4, []), 100)).toEqual([]);
  });

  it('passes over the titles of groups', () => {
    const groups = [
      { key: 'a', count: 5 },
      { key: 'b', count: 3 },
    ];
    const rows = gridRows(8, 4, groups);
    expect(lineTop(1, rows, 100)).toBe(titleHeight);
    expect(lineTop(4, rows, 100)).toBe(2 * titleHeight + 200);
    const all = { left: 0, top: 0, right: 399, bottom: 999 };
    expect(cellsTouched(all, rows, 100)).toEqual([
      [0, 3],
      [4, 4],
      [5, 7],
    ]);
    const second = { left: 0, top: 2 * titleHeight + 210, right: 120, bottom: 999 };
    expect(cellsTouched(second, rows, 100)).toEqual([[5, 6]]);
  });
});

describe('a click on a label', () => {
  it('shows its photos, then all again', () => {
    const shown = toggleLabelFilter({ unlabeled: true, text: 'a' }, 3, false);
    expect(shown).toEqual({ unlabeled: undefined, text: 'a', labelIds: [3] });
    expect(toggleLabelFilter(shown, 3, false).labelIds).toBeUndefined();
    expect(toggleLabelFilter(shown, 4, false).labelIds).toEqual([4]);
  });

  it('adds and takes away with Ctrl', () => {
    const two = toggleLabelFilter({ labelIds: [3] }, 4, true);
    expect(two.labelIds).toEqual([3, 4]);
    expect(toggleLabelFilter(two, 3, true).labelIds).toEqual([4]);
    expect(toggleLabelFilter({ labelIds: [3] }, 3, true).labelIds).toBeUndefined();
    expect(toggleLabelFilter(two, 3, false).labelIds, 'one of several: only it').toEqual([3]);
  });
});

describe('split handles', () => {
  it('come back from the usual ratio', () => {
    const back = fromHandles(toHandles(defaultSplitRatio));
    expect(back.train).toBeCloseTo(0.7);
    expect(back.validation).toBeCloseTo(0.15);
    expect(back.test).toBeCloseTo(0.15);
  });

  it('always give shares that the program takes', () => {
    const percent = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(percent, percent, (first, second) => {
        expect(splitRatioSchema.safeParse(fromHandles([first, second])).success).toBe(true);
      }),
    );
  });
});

describe('label counts', () => {
  const pages = new Map([[0, [fakePhoto(1, { labelId: 2 }), fakePhoto(2), fakePhoto(3)]]]);

  it('count the selected photos only', () => {
    expect([...(labelCounts(pages, new Set([1, 2])) ?? [])]).toEqual([
      [2, 1],
      [undefined, 1],
    ]);
  });

  it('say nothing when a selected photo is not loaded', () => {
    expect(labelCounts(pages, new Set([1, 99]))).toBeUndefined();
  });
});
