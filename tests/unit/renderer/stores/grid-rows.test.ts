import { gridRows } from '@renderer/stores/grid-rows';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const groupsOf = (counts: readonly number[]) =>
  counts.map((count, index) => ({ key: String(index), count }));

describe('lines of the grid', () => {
  it('hold each photo once, in order, under the title of its group', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        (counts, columns) => {
          const total = counts.reduce((sum, count) => sum + count, 0);
          const rows = gridRows(total, columns, groupsOf(counts));
          const seen: number[] = [];
          let titles = 0;
          for (let line = 0; line < rows.lineCount; line += 1) {
            const at = rows.line(line);
            expect(rows.titlesBefore(line)).toBe(titles);
            expect(rows.isTitle(line)).toBe(at.kind === 'title');
            if (at.kind === 'title') {
              expect(at.first).toBe(seen.length);
              titles += 1;
              continue;
            }
            expect(at.count).toBeGreaterThan(0);
            for (let place = at.first; place < at.first + at.count; place += 1) {
              expect(rows.lineOf(place)).toBe(line);
              seen.push(place);
            }
            expect(rows.isTitle(rows.titleOf(line) ?? -1)).toBe(true);
          }
          expect(seen).toEqual(Array.from({ length: total }, (_, place) => place));
          expect(titles).toBe(counts.length);
        },
      ),
    );
  });

  it('need no titles without groups', () => {
    const rows = gridRows(10, 4, []);
    expect(rows.lineCount).toBe(3);
    expect(rows.line(2)).toEqual({ kind: 'photos', first: 8, count: 2 });
    expect(rows.titleOf(2)).toBeUndefined();
    expect(gridRows(0, 4, groupsOf([3])).lineCount).toBe(0);
  });

  it('hold all photos while the counts of groups are older than the list, or newer', () => {
    expect(gridRows(9, 4, groupsOf([2, 3])).line(3)).toEqual({
      kind: 'photos',
      first: 2,
      count: 4,
    });
    expect(gridRows(9, 4, groupsOf([2, 3])).lineCount).toBe(5);
    expect(gridRows(3, 4, groupsOf([2, 3, 4])).lineCount).toBe(4);
  });
});
