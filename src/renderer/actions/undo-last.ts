import type { Studio } from '../stores/create-studio';
import { notifyDone } from '../ui/notify';

/** Takes the last edit back and says which it was. */
export async function undoLast({ edits }: Studio): Promise<void> {
  notifyDone(await edits.undo());
}

export async function redoLast({ edits }: Studio): Promise<void> {
  notifyDone(await edits.redo());
}
