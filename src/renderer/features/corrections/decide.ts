import type { CorrectionId } from '@shared/domain/correction';
import type { LabelId } from '@shared/domain/label';
import { notifyEdited } from '../../actions/notify-edited';
import { i18n } from '../../i18n/i18n';
import { readyCorrections } from '../../stores/corrections-store';
import type { Studio } from '../../stores/create-studio';
import { attempt } from '../../ui/attempt';
import { notifyDone } from '../../ui/notify';

/** What one call of the program accepts, and how many it dismisses. */
const acceptedAtOnce = 200;
const dismissedAtOnce = 1000;

type Accepted = { id: CorrectionId; labelId?: LabelId };

/** Says what accepting did; where it changed labels, with the way back. */
export async function accept(studio: Studio, items: readonly Accepted[]): Promise<void> {
  const { sentence, edited } = await studio.stores.corrections.getState().accept(items);
  if (edited) notifyEdited(studio, sentence);
  else notifyDone(sentence);
}

/** All whose label the project has, some at a time. */
export async function acceptAll(studio: Studio): Promise<void> {
  const items = readyCorrections(studio.stores.corrections.getState()).map(({ id }) => ({ id }));
  for (let from = 0; from < items.length; from += acceptedAtOnce) {
    await accept(studio, items.slice(from, from + acceptedAtOnce));
  }
}

export async function dismiss({ stores }: Studio, id: CorrectionId): Promise<void> {
  const { dismiss: send, restore } = stores.corrections.getState();
  notifyDone(await send([id]), {
    label: i18n.t('common.undo'),
    run: () => void attempt(() => restore([id])),
  });
}

export async function bringBack({ stores }: Studio, id: CorrectionId): Promise<void> {
  notifyDone(await stores.corrections.getState().restore([id]));
}

/** All that are dismissed; as long as the message stands there, with the way back. */
export async function forgetDismissed({ stores }: Studio): Promise<void> {
  const { forgetDismissed: send, dismiss: takeBack } = stores.corrections.getState();
  const { sentence, ids } = await send();
  async function undo(): Promise<void> {
    for (let from = 0; from < ids.length; from += dismissedAtOnce) {
      await takeBack(ids.slice(from, from + dismissedAtOnce));
    }
  }
  notifyDone(sentence, { label: i18n.t('common.undo'), run: () => void attempt(undo) });
}
