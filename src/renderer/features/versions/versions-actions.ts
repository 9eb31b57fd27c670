import { versionChangeKinds } from '@shared/domain/dataset-version';
import type { Action, ActionSource } from '../../actions/action';
import { i18n } from '../../i18n/i18n';
import { currentVersion } from '../../stores/versions-store';
import { freezeNow, openInGrid } from './version-steps';

/** What can be done with versions by key and palette. */
export const versionsActions: ActionSource = (studio) => {
  const { stores } = studio;
  const state = stores.versions.getState;
  const hasVersions = () => (state().versions?.length ?? 0) > 0;
  const hasChanges = () => state().changes.length > 0;

  async function chooseBeside(by: number): Promise<void> {
    const { versions = [], choose } = state();
    const index = versions.findIndex((version) => version === currentVersion(state())) + by;
    const version = versions[index];
    if (version) await choose(version.id);
  }

  function move(by: number): void {
    const { changes, focus, setFocus } = state();
    if (changes.length > 0) {
      setFocus(Math.max(0, Math.min(changes.length - 1, (focus ?? -by) + by)));
    }
  }

  return [
    {
      id: 'versions.freeze',
      titleKey: 'versions.actions.freeze',
      keys: ['mod+Enter'],
      enabled: () => (stores.dataset.getState().summary?.labeled ?? 0) > 0,
      run: () => freezeNow(studio),
    },
    {
      id: 'versions.restore',
      titleKey: 'versions.actions.restore',
      keys: ['r'],
      enabled: hasVersions,
      run: () => state().askRestore(),
    },
    {
      id: 'versions.newer',
      titleKey: 'versions.actions.newer',
      keys: ['ArrowUp'],
      enabled: hasVersions,
      run: () => chooseBeside(-1),
    },
    {
      id: 'versions.older',
      titleKey: 'versions.actions.older',
      keys: ['ArrowDown'],
      enabled: hasVersions,
      run: () => chooseBeside(1),
    },
    ...versionChangeKinds.map(
      (kind, index): Action => ({
        id: `versions.show-${kind}`,
        titleKey: 'versions.actions.show',
        titleValues: { kind: i18n.t(`versions.kinds.${kind}`).toLowerCase() },
        keys: [String(index + 1)],
        enabled: hasVersions,
        run: () => state().showKind(kind),
      }),
    ),
    {
      id: 'versions.left',
      titleKey: 'library.actions.left',
      keys: ['ArrowLeft'],
      onlyKeys: true,
      run: () => move(-1),
    },
    {
      id: 'versions.right',
      titleKey: 'library.actions.right',
      keys: ['ArrowRight'],
      onlyKeys: true,
      run: () => move(1),
    },
    {
      id: 'versions.look',
      titleKey: 'library.actions.loupe',
      keys: [' '],
      enabled: hasChanges,
      run: () => {
        const { changes, focus } = state();
        stores.view.getState().set({ lookedAt: changes[focus ?? 0]?.photoId });
      },
    },
    {
      id: 'versions.open-in-grid',
      titleKey: 'versions.actions.openInGrid',
      keys: [],
      enabled: hasChanges,
      run: () => openInGrid(studio),
    },
  ];
};
