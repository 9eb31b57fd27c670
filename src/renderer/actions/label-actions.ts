import type { LabelWithCounts } from '@shared/domain/label';
import type { PhotoId } from '@shared/domain/photo';
import type { Studio } from '../stores/create-studio';
import type { Action } from './action';

/** Letters that no place uses for something else, in the order of the keyboard. */
const freeKeys = [...'123456789', ...'qwertyuiopsdghjklcvbnm'];

/** The key that assigns a label, by its place in the list; the 32nd and later have none. */
export const labelKey = (position: number): string | undefined => freeKeys[position];

/** One action a label: assigns it to what `targets` names, then goes on. */
export function labelActions(
  { stores }: Studio,
  assign: (label: LabelWithCounts) => Promise<unknown>,
  targets: () => readonly PhotoId[],
): Action[] {
  const labels = stores.dataset.getState().summary?.labels ?? [];
  return labels.map((label, position) => {
    const key = labelKey(position);
    return {
      id: `label.${label.id}`,
      titleKey: 'actions.labelAs',
      titleValues: { label: label.name },
      keys: key === undefined ? [] : [key],
      enabled: () => targets().length > 0,
      run: () => assign(label),
    };
  });
}
