import type { ChangeNotifier } from '../change-notifier';
import type { Patch } from './history';
import { decodeIds } from './id-list';
import type { Edited } from './photo-edits';

/** Tells everyone what an edit touched, and answers the caller what it did. */
export type Announce = <Edit extends Edited>(edit: Edit) => Omit<Edit, 'patch'>;

export function createAnnounce(notifier: ChangeNotifier): Announce {
  return ({ patch, ...answer }) => {
    notifier.changed(touchedPhotos(patch));
    return answer;
  };
}

/** Undefined when labels or settings changed: every photo that shows them may look different. */
function touchedPhotos({ labels, photos = [], settings, decisions = [] }: Patch) {
  if (labels?.length || settings?.length) return undefined;
  return [...photos, ...decisions].flatMap((change) => decodeIds(change.ids));
}
