import { decodeIds, encodeIds } from '@main/services/dataset/edits/id-list';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('encodeIds and decodeIds', () => {
  it('write runs short', () => {
    expect(encodeIds([9, 1, 2, 3, 4, 12, 13])).toBe('1-4,9,12-13');
    expect(encodeIds([])).toBe('');
  });

  it('are each other’s inverse', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 200 });
    fc.assert(
      fc.property(ids, (list) => {
        expect(decodeIds(encodeIds(list))).toEqual([...list].sort((a, b) => a - b));
      }),
    );
  });
});
