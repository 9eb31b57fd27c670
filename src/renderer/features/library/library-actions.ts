import type { Action, ActionSource } from '../../actions/action';
import { labelActions } from '../../actions/label-actions';
import type { LabelId } from '@shared/domain/label';
import type { MessageKey } from '../../i18n/i18n';
import type { Direction } from '../../stores/selection-model';
import { zoomedSize } from '../../stores/view-store';
import { focusFilterField } from './filter/filter-field';
import { libraryEdits } from './library-edits';
import { acceptListed, reviewUncertain } from './suggestions/accept-listed';
import { findSimilar } from './suggestions/find-similar';

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

  function assignOrPaint(labelId: LabelId): unknown {
    if (!view().painting) return edits.assign(labelId);
    return view().set({ brush: labelId });
  }

  function zoom(steps: number): void {
    view().set({ thumbnailSize: zoomedSize(view().thumbnailSize, steps) });
  }

  function stepBack(): void {
    if (view().painting) view().set({ painting: false, brush: undefined });
    else if (view().loupeOpen) view().set({ loupeOpen: false, loupeZoomed: false });
    else if (hasTarget() || !stores.photos.getState().chosen) selection().clear();
    else stores.photos.getState().goBack();
  }

  return [
    ...labelActions(
      studio,
      (label) => assignOrPaint(label.id),
      () => view().painting || hasTarget(),
    ),
    {
      id: 'photos.clear-label',
      titleKey: 'actions.clearLabel',
      keys: ['Backspace'],
      enabled: hasTarget,
      run: () => edits.assign(),
    },
    {
      id: 'photos.accept-suggested',
      titleKey: 'suggestions.acceptSelected',
      keys: ['Enter'],
      once: true,
      enabled: () => hasTarget() && !view().painting,
      run: edits.acceptSuggested,
    },
    {
      id: 'photos.find-similar',
      titleKey: 'suggestions.similar.find',
      keys: ['alt+s'],
      enabled: hasTarget,
      run: () => findSimilar(studio),
    },
    {
      id: 'photos.accept-listed',
      titleKey: 'suggestions.acceptListed',
      keys: [],
      enabled: () => (stores.suggestions.getState().acceptable?.photos ?? 0) > 0,
      run: () => acceptListed(studio),
    },
    {
      id: 'photos.review-uncertain',
      titleKey: 'suggestions.review',
      keys: [],
      enabled: () => (stores.dataset.getState().summary?.unlabeled ?? 0) > 0,
      run: () => reviewUncertain(studio),
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
      id: 'photos.larger',
      titleKey: 'library.actions.larger',
      keys: ['+', '='],
      enabled: () => hasPhotos() && !view().loupeOpen,
      run: () => zoom(5),
    },
    {
      id: 'photos.smaller',
      titleKey: 'library.actions.smaller',
      keys: ['-'],
      enabled: () => hasPhotos() && !view().loupeOpen,
      run: () => zoom(-5),
    },
    {
      id: 'photos.jump',
      titleKey: 'library.actions.jump',
      keys: ['mod+g'],
      enabled: hasPhotos,
      run: () => view().set({ jumpOpen: true }),
    },
    {
      id: 'photos.paint',
      titleKey: 'library.actions.paint',
      keys: ['alt+p'],
      enabled: () => hasPhotos() && stores.dataset.getState().summary?.labels.length !== 0,
      run: () => view().set({ painting: !view().painting, brush: undefined }),
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
      id: 'photos.watch-folder',
      titleKey: 'library.watched.add',
      keys: [],
      enabled: () => studio.host.choosePlace !== undefined,
      run: () => stores.watched.getState().watch(),
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
