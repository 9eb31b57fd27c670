import { labelKeys, labelKeySchema } from '@shared/domain/label-keys';
import { describe, expect, it } from 'vitest';

const keysOf = (...hotKeys: (string | undefined)[]) =>
  [...labelKeys(hotKeys.map((hotKey, index) => ({ id: index + 1, hotKey })))]
    .sort(([a], [b]) => a - b)
    .map(([, key]) => key);

describe('keys of labels', () => {
  it('follow the place in the list', () => {
    expect(keysOf(undefined, undefined, undefined)).toEqual(['1', '2', '3']);
  });

  it('leave the others where they are when one is bound', () => {
    expect(keysOf(undefined, 'b', undefined)).toEqual(['1', 'b', '3']);
    expect(keysOf(undefined, undefined, '1'), 'whose key was taken gets the next free one').toEqual(
      ['3', '2', '1'],
    );
  });

  it('are never given twice, and end', () => {
    const many = keysOf(...Array.from({ length: 40 }, () => undefined), '5');
    expect(new Set(many).size).toBe(many.length);
    expect(many).toHaveLength(31);
  });

  it('are none that an action has', () => {
    for (const key of ['a', 'f', 'x', 'z', '0', '', 'Enter', '12']) {
      expect(labelKeySchema.safeParse(key).success, key).toBe(false);
    }
    expect(labelKeySchema.safeParse('b').success).toBe(true);
  });
});
