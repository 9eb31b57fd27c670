import { i18n } from '../i18n/i18n';
import type { Studio } from '../stores/create-studio';
import { attempt } from '../ui/attempt';
import { notifyDone } from '../ui/notify';
import { undoLast } from './undo-last';

/** Says what an edit did, with a way back. */
export function notifyEdited(studio: Studio, description: string): void {
  notifyDone(description, {
    label: i18n.t('common.undo'),
    run: () => void attempt(() => undoLast(studio)),
  });
}
