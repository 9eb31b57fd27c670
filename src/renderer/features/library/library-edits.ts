import type { LabelId } from '@shared/domain/label';
import type { PhotoId } from '@shared/domain/photo';
import { notifyEdited } from '../../actions/notify-edited';
import type { Studio } from '../../stores/create-studio';
import { loadedPhoto } from '../../stores/photo-pages';

/** Edits of what is selected, as keys, buttons and the palette ask for them. */
export interface LibraryEdits {
  /** Without a label clears it. With one photo selected, goes on to the next. */
  assign(labelId?: LabelId): Promise<void>;
  /** Gives the selected photos the labels suggested for them; goes on as `assign` does. */
  acceptSuggested(): Promise<void>;
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

  /** One step with the edit that `edit` begins: shown before it is confirmed, then gone on. */
  async function step(
    edit: (ids: readonly PhotoId[]) => Promise<string> | undefined,
    goesOn: boolean,
  ): Promise<void> {
    const { ids, confirmed } = await selection().inTurn(async (move) => {
      const edited = selection().edited();
      // Going on must not wait for the program.
      const answer = edit(edited);
      answer?.catch(() => undefined);
      if (goesOn && edited.length === 1) await move('right');
      return { ids: edited, confirmed: answer };
    });
    if (confirmed) tell(await confirmed, ids.length);
  }

  /** One photo gets the label that was seen; of many some may not be loaded. */
  function accept(ids: readonly PhotoId[]): Promise<string> | undefined {
    const [id, ...others] = ids;
    if (id === undefined || others.length > 0) return edits.acceptSuggested(ids);
    const photo = loadedPhoto(stores.photos.getState().pages, id);
    if (!photo?.suggestion || photo.labelId !== undefined) return undefined;
    return edits.assignLabel(ids, photo.suggestion.labelId);
  }

  async function setExcluded(excluded: boolean): Promise<void> {
    const ids = selection().edited();
    tell(await edits.setExcluded(ids, excluded), ids.length);
  }

  return {
    assign: (labelId) => step((ids) => edits.assignLabel(ids, labelId), labelId !== undefined),
    acceptSuggested: () => step(accept, true),
    setExcluded,
    toggleExcluded: () => setExcluded(!loadedExcluded(selection().edited())),
  };
}
