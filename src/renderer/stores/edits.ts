import type { StudioClient } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import type { Label, LabelId } from '@shared/domain/label';
import type { PhotoId, PhotoSummary } from '@shared/domain/photo';
import type { PhotoFilter } from '@shared/domain/photo-filter';
import type { SavedFilter } from '@shared/domain/saved-filter';
import type { SplitRatio, SplitSource } from '@shared/domain/split';
import type { StoreApi } from 'zustand/vanilla';
import type { PhotosState } from './photos-store';

export interface LabelAssignment {
  labelId: LabelId;
  photoIds: PhotoId[];
}

/** Everything a person can change about photos and labels. Each answers what it did, in words. */
export interface Edits {
  /** Without a label clears it. Shown at once, taken back when the program refuses. */
  assignLabel(photoIds: readonly PhotoId[], labelId?: LabelId): Promise<string>;
  /** Several labels at once, as one edit. */
  assignLabels(assignments: readonly LabelAssignment[]): Promise<string>;
  /** Gives unlabeled photos among these the labels suggested for them, as one edit. */
  acceptSuggested(photoIds: readonly PhotoId[]): Promise<string>;
  /** The same for all photos that match and whose suggestion has at least this probability. */
  acceptSuggestions(filter: PhotoFilter, threshold: number): Promise<string>;
  setExcluded(photoIds: readonly PhotoId[], excluded: boolean): Promise<string>;
  createLabel(name: string): Promise<Label>;
  renameLabel(labelId: LabelId, name: string): Promise<string>;
  recolorLabel(labelId: LabelId, color: string): Promise<string>;
  /** Without a key the place in the list decides again. */
  bindLabelKey(labelId: LabelId, key?: string): Promise<string>;
  mergeLabels(fromId: LabelId, intoId: LabelId): Promise<string>;
  deleteLabel(labelId: LabelId): Promise<string>;
  splitAnew(ratio: SplitRatio, seed: number, by: SplitSource): Promise<string>;
  lockTest(locked: boolean): Promise<string>;
  /** Brings copies that straddle splits into one. */
  keepTogether(): Promise<string>;
  saveFilter(saved: SavedFilter): Promise<string>;
  removeFilter(name: string): Promise<string>;
  undo(): Promise<string>;
  redo(): Promise<string>;
}

function withSuggestedLabel(photo: PhotoSummary): PhotoSummary {
  const { labelId, excluded, suggestion } = photo;
  if (labelId !== undefined || excluded || !suggestion) return photo;
  return { ...photo, labelId: suggestion.labelId, conflict: undefined };
}

export function createEdits(client: StudioClient, photos: StoreApi<PhotosState>): Edits {
  async function foreseen(
    photoIds: readonly PhotoId[],
    change: Parameters<PhotosState['foresee']>[1],
    commit: () => Promise<{ description: string }>,
  ): Promise<string> {
    if (photoIds.length === 0) {
      throw new AppError('bad-request', 'No photo is selected.', 'Select the photos to change.');
    }
    const foresight = photos.getState().foresee(photoIds, change);
    try {
      const { description } = await commit();
      foresight.settle();
      return description;
    } catch (error) {
      foresight.revert();
      throw error;
    }
  }

  return {
    assignLabel: (photoIds, labelId) =>
      foreseen(
        photoIds,
        (photo) => ({ ...photo, labelId, conflict: undefined }),
        () => client.call('dataset.assignLabel', { photoIds: [...photoIds], labelId }),
      ),
    assignLabels(assignments) {
      const labelOf = new Map(
        assignments.flatMap(({ labelId, photoIds }) => photoIds.map((id) => [id, labelId])),
      );
      return foreseen(
        [...labelOf.keys()],
        (photo) => ({ ...photo, labelId: labelOf.get(photo.id), conflict: undefined }),
        () => client.call('dataset.assignLabels', { assignments: [...assignments] }),
      );
    },
    acceptSuggested: (photoIds) =>
      foreseen(photoIds, withSuggestedLabel, () =>
        client.call('suggestions.accept', { filter: { photoIds: [...photoIds] }, threshold: 0 }),
      ),
    acceptSuggestions: async (filter, threshold) =>
      (await client.call('suggestions.accept', { filter, threshold })).description,
    setExcluded: (photoIds, excluded) =>
      foreseen(
        photoIds,
        (photo) => ({ ...photo, excluded }),
        () => client.call('dataset.setExcluded', { photoIds: [...photoIds], excluded }),
      ),
    createLabel: async (name) => (await client.call('dataset.createLabel', { name })).label,
    renameLabel: async (labelId, name) =>
      (await client.call('dataset.renameLabel', { labelId, name })).description,
    recolorLabel: async (labelId, color) =>
      (await client.call('dataset.recolorLabel', { labelId, color })).description,
    bindLabelKey: async (labelId, key) =>
      (await client.call('dataset.bindLabelKey', { labelId, key })).description,
    mergeLabels: async (fromId, intoId) =>
      (await client.call('dataset.mergeLabels', { fromId, intoId })).description,
    deleteLabel: async (labelId) =>
      (await client.call('dataset.deleteLabel', { labelId })).description,
    splitAnew: async (ratio, seed, by) =>
      (await client.call('splits.splitAnew', { ratio, seed, by })).description,
    lockTest: async (locked) => (await client.call('splits.lockTest', { locked })).description,
    keepTogether: async () => (await client.call('splits.keepTogether', {})).description,
    saveFilter: async (saved) => (await client.call('dataset.saveFilter', saved)).description,
    removeFilter: async (name) => (await client.call('dataset.removeFilter', { name })).description,
    undo: async () => (await client.call('dataset.undo', {})).description,
    redo: async () => (await client.call('dataset.redo', {})).description,
  };
}
