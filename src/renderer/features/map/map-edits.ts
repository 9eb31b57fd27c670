import type { LabelId } from '@shared/domain/label';
import type { PhotoId } from '@shared/domain/photo';
import { notifyEdited } from '../../actions/notify-edited';
import { i18n } from '../../i18n/i18n';
import type { Studio } from '../../stores/create-studio';

/** What is done with the photos that were caught; every one of these edits can be undone. */
export interface MapEdits {
  label(labelId: LabelId): Promise<void>;
  exclude(): Promise<void>;
  /** Lists them in Photos. */
  showInPhotos(): void;
}

export function mapEdits(studio: Studio): MapEdits {
  const { stores, edits } = studio;
  const map = stores.map.getState;
  const ids = (): PhotoId[] => [...map().selected];
  return {
    async label(labelId) {
      const photoIds = ids();
      map().foreseeLabel(photoIds, labelId);
      try {
        notifyEdited(studio, await edits.assignLabel(photoIds, labelId));
      } catch (error) {
        await map().refreshFacts();
        throw error;
      }
    },
    async exclude() {
      const description = await edits.setExcluded(ids(), true);
      map().set({ selected: new Set() });
      notifyEdited(studio, description);
    },
    showInPhotos() {
      stores.photos.getState().choose({ title: i18n.t('map.chosen'), ids: ids() });
      stores.view.getState().goTo('photos');
    },
  };
}
