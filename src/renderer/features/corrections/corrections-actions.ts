import type { ActionSource } from '../../actions/action';
import { labelActions } from '../../actions/label-actions';
import { currentCorrection } from '../../stores/corrections-store';
import { accept, bringBack, dismiss, forgetDismissed } from './decide';

export const correctionsActions: ActionSource = (studio) => {
  const corrections = studio.stores.corrections.getState;
  const current = () => currentCorrection(corrections());
  const isNew = () => current()?.state === 'new';

  return [
    {
      id: 'corrections.accept',
      titleKey: 'corrections.actions.accept',
      keys: ['Enter'],
      once: true,
      enabled: () => isNew() && current()?.labelId !== undefined,
      run: async () => {
        const correction = current();
        if (correction) await accept(studio, [{ id: correction.id }]);
      },
    },
    ...labelActions(
      studio,
      async (label) => {
        const correction = current();
        if (correction) await accept(studio, [{ id: correction.id, labelId: label.id }]);
      },
      isNew,
    ),
    {
      id: 'corrections.dismiss',
      titleKey: 'corrections.actions.dismiss',
      keys: ['Backspace', 'x'],
      once: true,
      enabled: isNew,
      run: async () => {
        const correction = current();
        if (correction) await dismiss(studio, correction.id);
      },
    },
    {
      id: 'corrections.restore',
      titleKey: 'corrections.actions.restore',
      keys: ['shift+Backspace'],
      once: true,
      enabled: () => current()?.state === 'dismissed',
      run: async () => {
        const correction = current();
        if (correction) await bringBack(studio, correction.id);
      },
    },
    {
      id: 'corrections.forget-dismissed',
      titleKey: 'corrections.actions.forgetDismissed',
      keys: [],
      enabled: () => corrections().counts.dismissed > 0,
      run: () => forgetDismissed(studio),
    },
    {
      id: 'corrections.next',
      titleKey: 'corrections.actions.next',
      keys: ['ArrowRight', ' '],
      onlyKeys: true,
      run: () => corrections().goTo(corrections().position + 1),
    },
    {
      id: 'corrections.back',
      titleKey: 'corrections.actions.back',
      keys: ['ArrowLeft'],
      onlyKeys: true,
      run: () => corrections().goTo(corrections().position - 1),
    },
    {
      id: 'corrections.show-new',
      titleKey: 'corrections.actions.showNew',
      keys: [],
      run: () => corrections().show('new'),
    },
    {
      id: 'corrections.show-dismissed',
      titleKey: 'corrections.actions.showDismissed',
      keys: [],
      run: () => corrections().show('dismissed'),
    },
  ];
};
