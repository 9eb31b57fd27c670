import { notifyEdited } from '../../actions/notify-edited';
import { i18n } from '../../i18n/i18n';
import type { Studio } from '../../stores/create-studio';
import { currentPair } from '../../stores/versions-store';
import { notifyDone } from '../../ui/notify';
import { sideTitle, versionNumber } from './version-name';

/** Freezes the photos as they are, shows that version and says whether it is a new one. */
export async function freezeNow({ client, stores }: Studio): Promise<void> {
  const { versionId, isNew } = await client.call('versions.freeze', {});
  const number = versionNumber(versionId);
  notifyDone(i18n.t(isNew ? 'versions.frozen' : 'versions.known', { number }));
  await stores.versions.getState().refresh();
  await stores.versions.getState().choose(versionId);
}

/** Restores the version that was asked about. */
export async function restoreAsked(studio: Studio): Promise<void> {
  const { restoring, closeRestore } = studio.stores.versions.getState();
  if (!restoring) return;
  closeRestore();
  const { versionId } = restoring;
  const { description } = await studio.client.call('versions.restore', { versionId });
  notifyEdited(studio, description);
}

/** Lists the shown photos of the kind that is looked at in Photos. */
export function openInGrid({ stores }: Studio): void {
  const state = stores.versions.getState();
  const pair = currentPair(state);
  if (!pair) return;
  const ids = state.changes.flatMap(({ photo }) => photo?.id ?? []);
  const kind = i18n.t(`versions.kinds.${state.kind}`);
  const title = `${kind}: ${sideTitle(pair.first)} → ${sideTitle(pair.second)}`;
  stores.photos.getState().choose({ title, ids });
  stores.view.getState().goTo('photos');
}
