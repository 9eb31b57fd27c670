import { formatCount } from '../../../i18n/format';
import { i18n } from '../../../i18n/i18n';
import type { Studio } from '../../../stores/create-studio';

/** As the contract allows; the mean of so many is what is looked for. */
const mostAsked = 1000;
const wanted = 200;

/** Lists the photos that look most like what is selected, the nearest first. */
export async function findSimilar({ client, stores }: Studio): Promise<void> {
  const photoIds = stores.selection.getState().edited().slice(0, mostAsked);
  const [first, ...others] = photoIds;
  if (first === undefined) return;
  const [found, asked] = await Promise.all([
    client.call('similarity.findSimilar', { photoIds, limit: wanted }),
    client.call('dataset.photos', { photoIds: [first] }),
  ]);
  const like =
    others.length === 0
      ? i18n.t('suggestions.similar.one', { fileName: asked.photos[0]?.fileName ?? '' })
      : i18n.t('suggestions.similar.many', { formatted: formatCount(photoIds.length) });
  const title = i18n.t(`suggestions.similar.${found.method}`, {
    like,
    of: formatCount(found.of),
  });
  const { chosen, choose } = stores.photos.getState();
  choose({ title, ids: found.photos.map(({ photoId }) => photoId), before: chosen });
  stores.view.getState().set({ loupeOpen: false, loupeZoomed: false });
}
