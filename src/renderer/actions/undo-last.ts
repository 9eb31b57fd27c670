import { AppError } from '@shared/api/errors';
import type { Studio } from '../stores/create-studio';
import { notifyDone } from '../ui/notify';

/** Takes the last edit back and says which it was. */
export const undoLast = ({ edits }: Studio): Promise<void> => say(edits.undo());

export const redoLast = ({ edits }: Studio): Promise<void> => say(edits.redo());

/** That there is nothing to take back is said as calmly as what was. */
async function say(done: Promise<string>): Promise<void> {
  try {
    notifyDone(await done);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'bad-request') throw error;
    notifyDone(error.message);
  }
}
