import type { Dataset } from '@main/services/ports';
import type { PhotoSource } from '@main/workers/tasks';
import { AppError } from '@shared/api/errors';
import type { DatasetVersion, VersionPhoto } from '@shared/domain/dataset-version';

export interface FakeDataset extends Dataset {
  /** Photo files by id; take one out and it is missing. */
  readonly files: Map<number, PhotoSource>;
}

/** SHA-256 of a fake photo: its id, padded to length. */
export const fakeSha256 = (photoId: number): string => String(photoId).padStart(64, '0');

/** Photos `first`, `first + 1` … of one split, one label after the other. */
export function versionPhotos(
  split: VersionPhoto['split'],
  first: number,
  count: number,
  labels = 2,
): VersionPhoto[] {
  return Array.from({ length: count }, (_, index) => ({
    photoId: first + index,
    sha256: fakeSha256(first + index),
    labelIndex: index % labels,
    split,
  }));
}

export function createFakeVersion(
  photos: VersionPhoto[],
  changes: Partial<DatasetVersion> = {},
): DatasetVersion {
  return {
    id: 'version-1',
    createdAt: '2026-01-01T00:00:00.000Z',
    labels: ['banana', 'hat'],
    photos,
    contentHash: 'c'.repeat(64),
    ...changes,
  };
}

/** A dataset of frozen versions whose photos all lie in `/photos`. */
export function createFakeDataset(versions: readonly DatasetVersion[]): FakeDataset {
  const files = new Map<number, PhotoSource>();
  for (const { photos } of versions) {
    for (const { photoId, sha256 } of photos) {
      files.set(photoId, { photoId, sha256, path: `/photos/${photoId}.jpg` });
    }
  }
  function version(id: string): DatasetVersion {
    const found = versions.find((candidate) => candidate.id === id);
    if (!found) throw new AppError('not-found', `There is no ${id}.`);
    return found;
  }
  return {
    files,
    version,
    freezeVersion: () => version('version-1'),
    previewVersion: () => version('version-1'),
    sources: (photoIds) =>
      photoIds.flatMap((photoId) => {
        const source = files.get(photoId);
        return source ? [source] : [];
      }),
    featureCandidates: ({ after, limit }) =>
      [...files.values()].filter(({ photoId }) => photoId > after).slice(0, limit),
    countCandidates: () => files.size,
    fileName: (photoId) => `${photoId}.jpg`,
    filteredIds: () => [...files.keys()],
    labels: () => [],
    decideIssue: (kind, photoIds) => `${kind} of ${photoIds.length}`,
    countSuggested: (_, thresholds) => thresholds.map(() => 0),
    assignLabels: (assignments) => `Labeled ${assignments.length}`,
    labelIdsOf: (id) => version(id).labels.map((_, index) => index + 1),
    splitUnits: () => [],
    splitLeaks: () => ({ straddling: 0, heldOut: 0 }),
    importFiles: () => 'job-1',
    importBlobs: async (blobs) => blobs.map((_, index) => index + 1),
    photosByHash: () => new Map(),
    seenOrigins: () => new Map(),
    beginImport: () => ({
      id: 'import-1',
      take: async () => undefined,
      finish: async () => ({ added: 0, known: 0, conflicts: 0, problems: 0 }),
    }),
    unseenFiles: async (paths) => [...paths],
    checkFiles: () => Promise.resolve(),
    onChanged: () => () => undefined,
  };
}
