import type { LabelWithCounts } from '@shared/domain/label';
import { labelKeys } from '@shared/domain/label-keys';
import type { Studio } from '../stores/create-studio';
import type { Action } from './action';

/** One action a label: assigns it to what there is to label, then goes on. */
export function labelActions(
  { stores }: Studio,
  assign: (label: LabelWithCounts) => unknown,
  hasTargets: () => boolean,
): Action[] {
  const labels = stores.dataset.getState().summary?.labels ?? [];
  const keys = labelKeys(labels);
  return labels.map((label) => {
    const key = keys.get(label.id);
    return {
      id: `label.${label.id}`,
      titleKey: 'actions.labelAs',
      titleValues: { label: label.name },
      keys: key === undefined ? [] : [key],
      // Each photo deserves a press of its own.
      once: true,
      enabled: hasTargets,
      run: async () => assign(label),
    };
  });
}
