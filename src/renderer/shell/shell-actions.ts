import { spotlight } from '@mantine/spotlight';
import type { ActionSource } from '../actions/action';
import { redoLast, undoLast } from '../actions/undo-last';
import { type PlaceId, placeIds } from '../stores/view-store';
import { i18n } from '../i18n/i18n';

/** What can be done in every place. */
export const shellActions: ActionSource = (studio) => {
  const { stores, imports } = studio;
  const view = stores.view.getState;
  const isOpen = () => stores.project.getState().phase === 'open';
  const summary = () => stores.dataset.getState().summary;
  return [
    {
      id: 'shell.commands',
      titleKey: 'actions.commands',
      keys: ['mod+k', 'mod+shift+p'],
      onlyKeys: true,
      run: spotlight.toggle,
    },
    {
      id: 'shell.keys',
      titleKey: 'actions.keys',
      keys: ['?'],
      enabled: isOpen,
      run: () => view().set({ keysOpen: !view().keysOpen }),
    },
    ...placeIds.map((place) => ({
      id: `shell.go-to-${place}`,
      titleKey: 'actions.goTo' as const,
      titleValues: { place: i18n.t(`shell.places.${place}`) },
      keys: keyOfPlace(place),
      enabled: isOpen,
      run: () => view().goTo(place),
    })),
    {
      id: 'shell.undo',
      titleKey: 'actions.undo',
      keys: ['mod+z'],
      // Not by what the summary knows: a key right after an edit comes before its news.
      enabled: isOpen,
      run: () => undoLast(studio),
    },
    {
      id: 'shell.redo',
      titleKey: 'actions.redo',
      keys: ['mod+shift+z', 'mod+y'],
      enabled: isOpen,
      run: () => redoLast(studio),
    },
    {
      id: 'shell.add-files',
      titleKey: 'actions.addFiles',
      keys: ['mod+o'],
      enabled: isOpen,
      run: () => imports.fromDialog('files'),
    },
    {
      id: 'shell.add-folder',
      titleKey: 'actions.addFolder',
      keys: ['mod+shift+o'],
      enabled: isOpen,
      run: () => imports.fromDialog('folder'),
    },
    {
      id: 'shell.export-dataset',
      titleKey: 'actions.exportDataset',
      keys: ['mod+shift+e'],
      enabled: () => isOpen() && (summary()?.total ?? 0) > 0,
      run: () => view().set({ exportOpen: true }),
    },
    {
      id: 'shell.phone-photos',
      titleKey: 'phonePhotos.action',
      keys: [],
      enabled: isOpen,
      run: () => view().set({ phonePhotosOpen: true }),
    },
    {
      id: 'shell.capture',
      titleKey: 'capture.action',
      keys: [],
      enabled: isOpen,
      run: () => view().set({ capture: {} }),
    },
    {
      id: 'shell.toggle-inspector',
      titleKey: 'actions.toggleInspector',
      keys: ['alt+i'],
      enabled: isOpen,
      run: () => view().set({ inspectorOpen: !view().inspectorOpen }),
    },
    {
      id: 'shell.toggle-tray',
      titleKey: 'actions.toggleTray',
      keys: ['alt+j'],
      enabled: isOpen,
      run: () => view().set({ trayOpen: !view().trayOpen }),
    },
    {
      id: 'shell.toggle-theme',
      titleKey: 'actions.toggleTheme',
      keys: [],
      run: () => view().set({ colorScheme: view().colorScheme === 'dark' ? 'light' : 'dark' }),
    },
    {
      id: 'shell.close-project',
      titleKey: 'actions.closeProject',
      keys: [],
      enabled: isOpen,
      run: () => stores.project.getState().close(),
    },
  ];
};

/** The five places of the rail have the digits; those below another have none. */
function keyOfPlace(place: PlaceId): string[] {
  const index = ['photos', 'label', 'train', 'compare', 'deploy'].indexOf(place);
  return index < 0 ? [] : [`alt+${index + 1}`];
}
