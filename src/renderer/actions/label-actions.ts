import type { LabelWithCounts } from '@shared/domain/label';
import type { PhotoId } from '@shared/domain/photo';
import type { Studio } from '../stores/create-studio';
import { labelKey } from '../ui/label-keys';
import type { Action } from './action';

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
