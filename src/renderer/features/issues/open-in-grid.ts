import { i18n } from '../../i18n/i18n';
import type { Studio } from '../../stores/create-studio';
import { currentKind } from '../../stores/issues-store';

/** Lists the photos of the kind that is looked at in Photos: the selected ones, or all shown. */
export function openInGrid({ stores }: Studio): void {
  const state = stores.issues.getState();
  const kind = currentKind(state);
  if (kind === undefined) return;
  const { selected } = state.selection;
  const all = state.issues.map(({ photoId }) => photoId);
  const ids = selected.size > 1 ? all.filter((id) => selected.has(id)) : all;
  stores.photos.getState().choose({ title: i18n.t(`issues.kinds.${kind}.name`), ids });
  stores.view.getState().goTo('photos');
}
