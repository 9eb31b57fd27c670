import type { ActionSource } from '../../actions/action';
import { labelActions } from '../../actions/label-actions';
import { currentPhoto } from '../../stores/labeling-store';

export const labelingActions: ActionSource = (studio) => {
  const labeling = studio.stores.labeling.getState;
  const hasCurrent = () => currentPhoto(labeling()) !== undefined;
  function suggested() {
    const { answers, suggestions } = labeling();
    const photoId = currentPhoto(labeling()) ?? 0;
    return answers.has(photoId) ? undefined : suggestions.get(photoId);
  }

  return [
    ...labelActions(
      studio,
      (label) => labeling().answer({ labelId: label.id, excluded: false }),
      hasCurrent,
    ),
    {
      id: 'label.accept-suggested',
      titleKey: 'suggestions.acceptOne',
      keys: ['Enter'],
      once: true,
      enabled: () => suggested() !== undefined,
      run: async () => {
        const suggestion = suggested();
        if (suggestion) await labeling().answer({ labelId: suggestion.labelId, excluded: false });
      },
    },
    {
      id: 'label.clear',
      titleKey: 'actions.clearLabel',
      keys: ['Backspace'],
      enabled: hasCurrent,
      run: () => labeling().answer({ excluded: false }),
    },
    {
      id: 'label.exclude',
      titleKey: 'labeling.actions.exclude',
      keys: ['x'],
      enabled: hasCurrent,
      run: () => labeling().answer({ excluded: true }),
    },
    {
      id: 'label.next',
      titleKey: 'labeling.actions.skip',
      keys: ['ArrowRight', ' '],
      enabled: hasCurrent,
      run: () => labeling().goTo(labeling().position + 1),
    },
    {
      id: 'label.back',
      titleKey: 'labeling.actions.back',
      keys: ['ArrowLeft'],
      enabled: () => labeling().position > 0,
      run: () => labeling().goTo(labeling().position - 1),
    },
    {
      id: 'label.restart',
      titleKey: 'labeling.actions.restart',
      keys: [],
      run: () => labeling().start('unlabeled'),
    },
  ];
};
