import type { LabelId } from '@shared/domain/label';
import { notifyEdited } from '../../actions/notify-edited';
import type { Studio } from '../../stores/create-studio';

/** Edits of what is selected, as keys, buttons and the palette ask for them. */
export interface LibraryEdits {
  /** Without a label clears it. With one photo selected, goes on to the next. */
  assign(labelId?: LabelId): Promise<void>;
  setExcluded(excluded: boolean): Promise<void>;
  /** Excludes the selection, or includes it when all of it is excluded. */
  toggleExcluded(): Promise<void>;
}

export function libraryEdits(studio: Studio): LibraryEdits {
  const { stores, edits } = studio;
  const selection = stores.selection.getState;

  /** One photo shows its own change; many deserve a word and a way back. */
  function tell(description: string, photos: number): void {
    if (photos > 1) notifyEdited(studio, description);
  }

  function loadedExcluded(ids: readonly number[]): boolean {
    const wanted = new Set(ids);
    for (const photos of stores.photos.getState().pages.values()) {
      for (const photo of photos) if (wanted.has(photo.id) && !photo.excluded) return false;
    }
    return true;
  }

  async function setExcluded(excluded: boolean): Promise<void> {
    const ids = selection().edited();
    tell(await edits.setExcluded(ids, excluded), ids.length);
  }

  return {
    async assign(labelId) {
      const { ids, confirmed } = await selection().inTurn(async (move) => {
        const edited = selection().edited();
        // Shown before it is confirmed; going on must not wait for it either.
        const answer = edits.assignLabel(edited, labelId);
        answer.catch(() => undefined);
        if (labelId !== undefined && edited.length === 1) await move('right');
        return { ids: edited, confirmed: answer };
      });
      tell(await confirmed, ids.length);
    },
    setExcluded,
    toggleExcluded: () => setExcluded(!loadedExcluded(selection().edited())),
  };
}
