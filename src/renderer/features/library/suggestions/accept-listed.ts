import { notifyEdited } from '../../../actions/notify-edited';
import type { Studio } from '../../../stores/create-studio';
import { listedFilter } from '../../../stores/photos-store';

/** Labels the listed photos whose suggestion reaches the threshold, as one edit. */
export async function acceptListed(studio: Studio): Promise<void> {
  const { stores, edits } = studio;
  const filter = listedFilter(stores.photos.getState());
  const { acceptThreshold } = stores.view.getState();
  notifyEdited(studio, await edits.acceptSuggestions(filter, acceptThreshold));
}

/** Goes through the unlabeled photos in Label, those first whose suggestion is a close call. */
export async function reviewUncertain({ stores }: Studio): Promise<void> {
  const started = stores.labeling.getState().start('uncertain');
  stores.view.getState().goTo('label');
  await started;
}
