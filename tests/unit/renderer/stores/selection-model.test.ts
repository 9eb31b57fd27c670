import {
  editedPhotos,
  extendTo,
  keepOnly,
  nothingSelected,
  selectOnly,
  step,
  toggle,
} from '@renderer/stores/selection-model';
import { gridRows } from '@renderer/stores/grid-rows';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const spot = (index: number) => ({ index, id: index + 100 });

describe('selection', () => {
  it('selects one photo and makes it the end that Shift extends from', () => {
    const selection = selectOnly(spot(4));
    expect([...selection.selected]).toEqual([104]);
    expect(selection.anchor).toBe(4);
  });

  it('toggles one photo without touching the others', () => {
    const two = toggle(selectOnly(spot(1)), spot(5));
    expect([...two.selected]).toEqual([101, 105]);
    expect([...toggle(two, spot(1)).selected]).toEqual([105]);
    expect([...two.selected], 'the one before stays as it was').toEqual([101, 105]);
  });

  it('extends from a fixed end, so that a range can shrink again', () => {
    const start = selectOnly(spot(2));
    const wide = extendTo(start, spot(4), [102, 103, 104]);
    const narrow = extendTo(wide, spot(3), [102, 103]);
    expect([...narrow.selected]).toEqual([102, 103]);
    expect(narrow.anchor).toBe(2);
    expect(narrow.focus).toEqual(spot(3));
  });

  it('adds a range to what is selected when asked to keep it', () => {
    const kept = extendTo(selectOnly(spot(9)), spot(1), [100, 101], true);
    expect([...kept.selected]).toEqual([109, 100, 101]);
  });

  it('applies edits to the focused photo when nothing is selected', () => {
    expect(editedPhotos(nothingSelected)).toEqual([]);
    const { focus } = selectOnly(spot(3));
    expect(editedPhotos({ selected: new Set(), focus })).toEqual([103]);
  });

  it('drops photos that left the list and keeps its identity when none did', () => {
    const selection = extendTo(selectOnly(spot(0)), spot(2), [100, 101, 102]);
    expect([...keepOnly(selection, [102, 100]).selected]).toEqual([100, 102]);
    expect(keepOnly(selection, [100, 101, 102, 103])).toBe(selection);
  });
});

describe('step', () => {
  const grid = { rows: gridRows(10, 4, []), screen: 3 };

  it.each([
    ['left', 5, 4],
    ['left', 0, 0],
    ['right', 9, 9],
    ['up', 5, 1],
    ['up', 2, 2],
    ['down', 1, 5],
    ['down', 7, 9], // the row below is shorter: its last photo
    ['down', 9, 9],
    ['first', 7, 0],
    ['last', 0, 9],
    ['page-down', 1, 9],
    ['page-up', 9, 1],
  ] as const)('%s from %i leads to %i', (direction, from, to) => {
    expect(step(from, direction, grid)).toBe(to);
  });

  it('never leaves the list', () => {
    const directions = ['left', 'right', 'up', 'down', 'page-up', 'page-down'] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.constantFrom(...directions), { maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }),
        (total, columns, screen, walk, counts) => {
          const groups = counts.map((count, index) => ({ key: String(index), count }));
          const size = { rows: gridRows(total, columns, groups), screen };
          const end = walk.reduce((at, way) => step(at, way, size), 0);
          expect(end).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThan(total);
        },
      ),
    );
  });

  it('passes over titles and keeps to its column', () => {
    const groups = [
      { key: 'a', count: 5 },
      { key: 'b', count: 2 },
      { key: 'c', count: 4 },
    ];
    const size = { rows: gridRows(11, 4, groups), screen: 2 };
    expect(step(1, 'down', size), 'a shorter line: its last photo').toBe(4);
    expect(step(4, 'down', size), 'over the title of b').toBe(5);
    expect(step(6, 'down', size)).toBe(8);
    expect(step(8, 'up', size)).toBe(6);
    expect(step(2, 'up', size), 'above is only a title').toBe(2);
    expect(step(10, 'down', size)).toBe(10);
  });

  it('comes back with up after down wherever a row lies below', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        (total, columns, seed) => {
          const from = seed % total;
          fc.pre(from + columns < total);
          const size = { rows: gridRows(total, columns, []), screen: 5 };
          expect(step(step(from, 'down', size), 'up', size)).toBe(from);
        },
      ),
    );
  });
});
