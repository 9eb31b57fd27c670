import type { Action, ActionSource } from '../../actions/action';
import { labelActions } from '../../actions/label-actions';
import type { MessageKey } from '../../i18n/i18n';
import type { Direction } from '../../stores/selection-model';
import { focusFilterField } from './filter/filter-field';
import { libraryEdits } from './library-edits';

const steps: readonly [Direction, string, MessageKey][] = [
  ['left', 'ArrowLeft', 'library.actions.left'],
  ['right', 'ArrowRight', 'library.actions.right'],
  ['up', 'ArrowUp', 'library.actions.up'],
  ['down', 'ArrowDown', 'library.actions.down'],
  ['first', 'Home', 'library.actions.first'],
  ['last', 'End', 'library.actions.last'],
  ['page-up', 'PageUp', 'library.actions.pageUp'],
  ['page-down', 'PageDown', 'library.actions.pageDown'],
];

export const libraryActions: ActionSource = (studio) => {
  const { stores } = studio;
  const view = stores.view.getState;
  const selection = stores.selection.getState;
  const edits = libraryEdits(studio);
  const hasPhotos = () => (stores.photos.getState().total ?? 0) > 0;
  const hasTarget = () => selection().edited().length > 0;

  const moves = steps.map(
    ([direction, key, titleKey]): Action => ({
      id: `photos.${direction}`,
      titleKey,
      keys: [key],
      onlyKeys: true,
      enabled: hasPhotos,
      run: () => selection().move(direction),
    }),
  );
  const extensions = steps.map(
    ([direction, key]): Action => ({
      id: `photos.extend-${direction}`,
      titleKey: 'library.actions.extend',
      keys: [`shift+${key}`],
      onlyKeys: true,
      enabled: () => hasPhotos() && !view().loupeOpen,
      run: () => selection().move(direction, true),
    }),
  );

  async function toggleLoupe(): Promise<void> {
    if (!selection().focus) await selection().move('first');
    view().set({ loupeOpen: !view().loupeOpen, loupeZoomed: false });
  }

  function stepBack(): void {
    if (view().loupeOpen) view().set({ loupeOpen: false, loupeZoomed: false });
    else selection().clear();
  }

  return [
    ...labelActions(
      studio,
      (label) => edits.assign(label.id),
      () => selection().edited(),
    ),
    {
      id: 'photos.clear-label',
      titleKey: 'actions.clearLabel',
      keys: ['Backspace'],
      enabled: hasTarget,
      run: () => edits.assign(),
    },
    {
      id: 'photos.exclude',
      titleKey: 'actions.toggleExcluded',
      keys: ['x'],
      enabled: hasTarget,
      run: edits.toggleExcluded,
    },
    {
      id: 'photos.loupe',
      titleKey: 'library.actions.loupe',
      keys: [' '],
      enabled: hasPhotos,
      run: toggleLoupe,
    },
    {
      id: 'photos.zoom',
      titleKey: 'library.actions.zoom',
      keys: ['z'],
      enabled: () => view().loupeOpen,
      run: () => view().set({ loupeZoomed: !view().loupeZoomed }),
    },
    {
      id: 'photos.select-all',
      titleKey: 'library.actions.selectAll',
      keys: ['a', 'mod+a'],
      enabled: hasPhotos,
      run: () => selection().selectAll(),
    },
    {
      id: 'photos.step-back',
      titleKey: 'library.actions.stepBack',
      keys: ['Escape'],
      onlyKeys: true,
      run: stepBack,
    },
    ...moves,
    ...extensions,
    {
      id: 'photos.filter',
      titleKey: 'library.actions.filter',
      keys: ['f'],
      run: focusFilterField,
    },
    {
      id: 'photos.show-all',
      titleKey: 'library.actions.showAll',
      keys: [],
      run: () => stores.photos.getState().setFilter({}),
    },
    {
      id: 'photos.show-unlabeled',
      titleKey: 'library.actions.showUnlabeled',
      keys: [],
      run: () => stores.photos.getState().setFilter({ unlabeled: true }),
    },
    {
      id: 'photos.split-anew',
      titleKey: 'library.actions.splitAnew',
      keys: [],
      enabled: () => (stores.dataset.getState().summary?.labeled ?? 0) > 0,
      run: () => view().set({ splitEditorOpen: true }),
    },
    {
      id: 'photos.import-report',
      titleKey: 'library.actions.importReport',
      keys: [],
      run: () => view().set({ importReport: {} }),
    },
    {
      id: 'photos.toggle-labels',
      titleKey: 'library.actions.toggleLabels',
      keys: ['alt+l'],
      run: () => view().set({ labelsOpen: !view().labelsOpen }),
    },
  ];
};
