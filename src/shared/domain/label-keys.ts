import { z } from 'zod';
import type { Label, LabelId } from './label';

/** Keys that no place uses for something else: digits, then letters in the order of the keyboard. */
const keys = '1 2 3 4 5 6 7 8 9 q w e r t y u i o p s d g h j k l c v b n m'.split(' ');

/** A key that can assign a label: a digit but 0, or a letter that no action has. */
export const labelKeySchema = z.string().refine((key) => keys.includes(key), {
  message: `A label's key is one of ${keys.join(' ')}`,
});

/**
 * The key of each label. A label that a person bound to a key has it; every other has the key of its
 * place in the list, or when that is taken the next free one; with more labels than keys the last
 * have none.
 */
export function labelKeys(
  labels: readonly Pick<Label, 'id' | 'hotKey'>[],
): ReadonlyMap<LabelId, string> {
  const found = new Map<LabelId, string>();
  const free = new Set<string>(keys);
  const give = (id: LabelId, key: string | undefined) => {
    if (key !== undefined && !found.has(id) && free.delete(key)) found.set(id, key);
  };
  for (const { id, hotKey } of labels) give(id, hotKey);
  labels.forEach(({ id }, position) => give(id, keys[position]));
  for (const { id } of labels) give(id, [...free][0]);
  return found;
}
