import type { Emit, Handlers } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import type { SplitState } from '@shared/api/splits-api';
import { type Label, nextLabelColor } from '@shared/domain/label';
import type { PhotoSummary } from '@shared/domain/photo';
import type { PhotoFilter, PhotoGroup } from '@shared/domain/photo-filter';
import type { SavedFilter } from '@shared/domain/saved-filter';
import { defaultSplitRatio, nextSplit, type Split } from '@shared/domain/split';

interface DeskContent {
  photos: PhotoSummary[];
  labels: Label[];
  splits?: Partial<SplitState>;
  emit: Emit;
}

/** Edits of photos and labels as the program makes them, with what takes them back. */
export function createFakePhotoDesk(program: DeskContent) {
  let savedFilters: SavedFilter[] = [];
  const past: { description: string; photos: PhotoSummary[]; labels: Label[] }[] = [];
  const future: typeof past = [];

  const snapshot = (description: string) => ({
    description,
    photos: program.photos,
    labels: program.labels,
  });

  function edit(description: string, change: () => void, photoIds?: number[]) {
    past.push(snapshot(description));
    future.length = 0;
    change();
    program.emit('dataset.changed', { photoIds });
    return { description };
  }

  function goBack(from: typeof past, to: typeof past) {
    const state = from.pop();
    if (!state) throw new AppError('bad-request', 'There is nothing to undo.');
    to.push(snapshot(state.description));
    program.photos = state.photos;
    program.labels = state.labels;
    program.emit('dataset.changed', {});
    return { description: state.description };
  }

  function editPhotos(
    description: string,
    ids: number[],
    change: (photo: PhotoSummary) => PhotoSummary,
  ) {
    const wanted = new Set(ids);
    return edit(
      description,
      () => {
        program.photos = program.photos.map((photo) =>
          wanted.has(photo.id) ? change(photo) : photo,
        );
      },
      ids,
    );
  }

  const splitsOf = (labelId: number): Record<Split, number> => {
    const counts = { train: 0, validation: 0, test: 0 };
    for (const photo of program.photos) {
      if (photo.labelId === labelId && photo.split && !photo.excluded) counts[photo.split] += 1;
    }
    return counts;
  };

  const assign = (labels: ReadonlyMap<number, number>) =>
    editPhotos(`Labeled ${labels.size} as suggested`, [...labels.keys()], (photo) => ({
      ...photo,
      labelId: labels.get(photo.id),
    }));

  const list = (filter: PhotoFilter) => program.photos.filter((photo) => passes(photo, filter));
  const labelName = (id?: number) => program.labels.find((label) => label.id === id)?.name;

  const handlers: Partial<Handlers> = {
    'dataset.summary': () => ({
      total: program.photos.length,
      labeled: program.photos.filter((photo) => photo.labelId !== undefined).length,
      unlabeled: list({ unlabeled: true }).length,
      excluded: list({ excluded: true }).length,
      missing: list({ missing: true }).length,
      conflicts: list({ conflict: true }).length,
      labels: program.labels.map((label) => ({
        ...label,
        ...splitsOf(label.id),
        count: program.photos.filter(({ labelId, excluded }) => labelId === label.id && !excluded)
          .length,
      })),
      splits: {
        train: list({ split: 'train' }).length,
        validation: list({ split: 'validation' }).length,
        test: list({ split: 'test' }).length,
      },
      ratio: defaultSplitRatio,
      savedFilters,
      undo: past.at(-1)?.description,
      redo: future.at(-1)?.description,
    }),
    'dataset.listPhotos': ({ filter, offset, limit }) => {
      const photos = list(filter);
      return { total: photos.length, photos: photos.slice(offset, offset + limit) };
    },
    'dataset.listPhotoIds': ({ filter }) => ({ photoIds: list(filter).map(({ id }) => id) }),
    'dataset.photos': ({ photoIds }) => ({
      photos: photoIds.flatMap((id) => program.photos.find((photo) => photo.id === id) ?? []),
    }),
    'dataset.photo': ({ photoId }) => {
      const photo = program.photos.find(({ id }) => id === photoId);
      if (!photo) throw new AppError('not-found', 'There is no such photo.');
      return {
        ...photo,
        sha256: photoId.toString(16).padStart(64, '0'),
        bytes: 48_213,
        facts: {
          format: 'jpeg',
          width: photo.width,
          height: photo.height,
          perceptualHash: '00ff00ff00ff00ff',
          sharpness: 412.7,
          brightness: 131.4,
        },
        folder: '/photos/kitchen',
        stored: false,
        importedAt: '2026-01-02T03:04:05.000Z',
      };
    },
    'dataset.assignLabel': ({ photoIds, labelId }) =>
      editPhotos(`Labeled ${photoIds.length} photos ${labelName(labelId)}`, photoIds, (photo) => ({
        ...photo,
        labelId,
        conflict: undefined,
        split:
          labelId === undefined
            ? undefined
            : (photo.split ?? nextSplit(splitsOf(labelId), defaultSplitRatio)),
      })),
    'dataset.assignLabels': ({ assignments }) => {
      const labelOf = new Map(
        assignments.flatMap(({ labelId, photoIds }) => photoIds.map((id) => [id, labelId])),
      );
      return assign(labelOf);
    },
    'dataset.setExcluded': ({ photoIds, excluded }) =>
      editPhotos(`Excluded ${photoIds.length} photos`, photoIds, (photo) => ({
        ...photo,
        excluded,
      })),
    'dataset.createLabel': ({ name }) => {
      const label: Label = {
        id: Math.max(0, ...program.labels.map(({ id }) => id)) + 1,
        name,
        color: nextLabelColor(program.labels.map(({ color }) => color)),
        position: program.labels.length,
      };
      const { description } = edit(`Made the label ${name}`, () => {
        program.labels = [...program.labels, label];
      });
      return { description, label };
    },
    'dataset.bindLabelKey': ({ labelId, key }) =>
      edit(`Bound ${labelName(labelId)}`, () => {
        program.labels = program.labels.map((label) =>
          label.id === labelId ? { ...label, hotKey: key } : label,
        );
      }),
    'dataset.saveFilter': (saved) =>
      edit(`Saved the filter ${saved.name}`, () => {
        savedFilters = [...savedFilters, saved];
      }),
    'dataset.filterChoices': () => ({
      cameras: [],
      imports: [],
      issues: [],
      clusters: 0,
      answered: 0,
    }),
    'dataset.listGroups': ({ filter, group }) => ({
      groups: group === 'label' ? labelGroups(list(filter)) : [],
    }),
    'dataset.undo': () => goBack(past, future),
    'dataset.redo': () => goBack(future, past),
    'splits.lockTest': ({ locked }) =>
      edit(locked ? 'Locked the test set' : 'Unlocked the test set', () => {
        const lockedAt = locked ? '2026-01-02T03:04:05.000Z' : undefined;
        program.splits = { ...program.splits, lockedAt };
      }),
    'splits.keepTogether': () =>
      edit('Kept copies together in one split', () => {
        program.splits = { ...program.splits, straddling: 0 };
      }),
  };
  return { handlers, list, assign };
}

function labelGroups(photos: readonly PhotoSummary[]): PhotoGroup[] {
  const counts = new Map<number | undefined, number>();
  for (const { labelId } of photos) counts.set(labelId, (counts.get(labelId) ?? 0) + 1);
  return [...counts].map(([labelId, count]) => ({ key: String(labelId ?? ''), labelId, count }));
}

function passes(photo: PhotoSummary, filter: PhotoFilter): boolean {
  const { labelIds, unlabeled, split, excluded, missing, conflict, text } = filter;
  return (
    (!labelIds || (photo.labelId !== undefined && labelIds.includes(photo.labelId))) &&
    (unlabeled === undefined || (photo.labelId === undefined) === unlabeled) &&
    (split === undefined || photo.split === split) &&
    (excluded === undefined || photo.excluded === excluded) &&
    (missing === undefined || photo.missing === missing) &&
    (conflict === undefined || (photo.conflict !== undefined) === conflict) &&
    (text === undefined || photo.fileName.includes(text))
  );
}
