import type { Backbone } from '../../shared/domain/backbone';
import type { Comparison } from '../../shared/domain/comparison';
import type { Correction, CorrectionRecord } from '../../shared/domain/correction';
import type { DatasetVersion, VersionContent } from '../../shared/domain/dataset-version';
import type { Deployment } from '../../shared/domain/deployment';
import type { IssueDecision, IssueKind } from '../../shared/domain/issue';
import type { Job, JobId, JobKind } from '../../shared/domain/job';
import type { Label, LabelId } from '../../shared/domain/label';
import type { Model, ModelId } from '../../shared/domain/model';
import type { PhotoId } from '../../shared/domain/photo';
import type { PhotoFilter } from '../../shared/domain/photo-filter';
import type { ProjectInfo } from '../../shared/domain/project';
import type { Emit } from '../../shared/api/contract';
import type { Database } from '../platform/database/database';
import type { Logger } from '../platform/logger';
import type { WorkerPool } from '../platform/worker-pool';
import type { CacheStore } from '../platform/cache-store';
import type { EmbeddedPhotos, PhotoSource } from '../workers/tasks';

/**
 * What services need of one another. A service never imports another: `app/` makes them and hands
 * each the neighbors it asks for, by these interfaces.
 */

/** An open project: what every service of it is made from. */
export interface ProjectContext {
  info(): ProjectInfo;
  database: Database;
  cache: CacheStore;
  cacheFile: string;
  blobsFolder: string;
  modelsFolder: string;
  basesFolder: string;
  exportsFolder: string;
  trashFolder: string;
  workers: WorkerPool;
  emit: Emit;
  log: Logger;
  /** The clock, so that tests can hold it. */
  now(): Date;
}

export interface JobHandle {
  readonly id: JobId;
  readonly signal: AbortSignal;
  progress(update: { done?: number; total?: number; step?: string }): void;
  log(sentence: string): void;
}

export interface JobDefinition<Parameters> {
  /** Others of the kind wait in the queue while `atOnce` of them run. */
  run(parameters: Parameters, job: JobHandle): Promise<Record<string, string>>;
  resumable: boolean;
  /** So many of the kind may run at the same time; default 1. */
  atOnce?: number;
  /** Its work begins anew without anybody asking: one that was killed is not worth a mention. */
  beginsByItself?: boolean;
}

export interface Jobs {
  /** Says how jobs of a kind are run; once a kind, before the first start. */
  register<Parameters>(kind: JobKind, definition: JobDefinition<Parameters>): void;
  /** Queues a job. `parameters` must survive JSON: they are stored for resuming. */
  start<Parameters>(kind: JobKind, title: string, parameters: Parameters): JobId;
  /** Called with every job that ends, however it does. Returns the function that stops it. */
  onFinished(listener: (job: Job) => void): () => void;
}

export interface LabelAssignment {
  labelId: LabelId;
  photoIds: readonly PhotoId[];
}

export interface Dataset {
  /**
   * Freezes labeled, not excluded, not missing, conflict-free photos with their splits. Equal
   * content gives the existing version. Labels without photos are left out.
   */
  freezeVersion(): DatasetVersion;
  version(id: string): DatasetVersion;
  /** What `freezeVersion` would freeze now, with nothing stored; for saying what is missing. */
  previewVersion(): VersionContent;
  /** Photos that are in the project, with a path; missing ones are left out. */
  sources(photoIds: readonly number[]): PhotoSource[];
  /**
   * Photos whose features are worth having (not excluded, not missing) in the order of their ids: at
   * most `limit` of those after an id.
   */
  featureCandidates(page: { after: number; limit: number }): PhotoSource[];
  countCandidates(): number;
  fileName(photoId: number): string;
  /** Labeled photos that can be learned from, with the number of what each stays together with. */
  splitUnits(): { photoId: number; labelId: number; unit: number }[];
  splitLeaks(): SplitLeaks;
  /** In the order they were imported. */
  filteredIds(filter: PhotoFilter): readonly PhotoId[];
  /** Names in the order of a new model's outputs, with ids. */
  labels(): Label[];
  /**
   * Decides about an issue of photos, as one step of the history; without `decision` it is open
   * again. Returns what it did, in words.
   * @throws AppError 'not-found' when none of the photos is there.
   */
  decideIssue(
    kind: IssueKind,
    photoIds: readonly number[],
    decision: IssueDecision | undefined,
  ): string;
  /** For each threshold how many of the photos that match have at least that suggestion. */
  countSuggested(filter: PhotoFilter, thresholds: readonly number[]): number[];
  /**
   * Labels photos, as one step of the history that is called "Labeled 3 photos as suggested", or by
   * other last words. Returns what it did, in words.
   * @throws AppError 'not-found' when none of the photos, or one of the labels, is not there.
   */
  assignLabels(assignments: readonly LabelAssignment[], how?: string): string;
  /** What the labels of a version are now, in its order; undefined for one that is gone. */
  labelIdsOf(versionId: string): (LabelId | undefined)[];
  /** Imports photos that lie in a folder by reference, labeled by their folders below it. */
  importFiles(folder: string, paths: readonly string[]): JobId;
  /**
   * Makes photos, without labels, of bytes that lie in the project's blobs, as an import does.
   * @returns the photo of each, in order, be it one that the project had before.
   * @throws AppError 'photo-unreadable' for one that is not there any more, with none of them taken.
   */
  importBlobs(blobs: readonly StoredBlob[]): Promise<PhotoId[]>;
  /** The photos of the project with these bytes, by hash, and the labels that they have now. */
  photosByHash(hashes: readonly string[]): Map<string, { id: PhotoId; labelId?: LabelId }>;
  /** Those of the origins that an import has remembered, with size and time of the file there. */
  seenOrigins(origins: readonly string[]): Map<string, { bytes: number; modifiedMs: number }>;
  /** Begins an import of files that the caller fetches. */
  beginImport(): PhotoImport;
  /** Those of the paths that hold what no import has seen; photos that are back are found again. */
  unseenFiles(paths: readonly string[]): Promise<string[]>;
  /** Looks whether the photos at these paths, or at and below a folder, are still there. */
  checkFiles(where: { paths: readonly string[] } | { below: string }): Promise<void>;
  /** Called after photos or labels changed. Returns the function that stops it. */
  onChanged(listener: () => void): () => void;
}

export interface StoredBlob {
  sha256: string;
  fileName: string;
  /** What it is remembered by, for people who look where a photo came from. */
  origin: string;
}

/** A file that was fetched from somewhere and may go once it is taken. */
export interface ArrivedFile extends Pick<StoredBlob, 'fileName' | 'origin'> {
  /** Absolute, on this computer. */
  path: string;
  /** Of the file where it came from. */
  modifiedMs: number;
  /** By name; made when the project has none of that name. */
  label?: string | undefined;
}

/** What was taken is whole, whatever comes after. */
export interface PhotoImport {
  readonly id: string;
  /** Files that are no photos, or broken, are noted in the report. */
  take(files: readonly ArrivedFile[], signal: AbortSignal): Promise<void>;
  /** To be called in any case: deals splits to what was taken, and tells. */
  finish(): Promise<{ added: number; known: number; conflicts: number; problems: number }>;
}

/** Copies that would make a test say too much. */
export interface SplitLeaks {
  /** Groups of near duplicates and bursts with photos in more than one split. */
  straddling: number;
  /** Labeled photos without a split, because they are copies of photos in the locked test set. */
  heldOut: number;
}

/** Those that came with the program and those that were opened for this project. */
export interface Backbones {
  /** Smallest first. */
  list(): Backbone[];
  /** @throws AppError 'not-found' naming those that exist. */
  get(name: string): Backbone;
  file(backbone: Backbone): string;
}

/** What a person opened to train on. */
export interface Bases {
  /** Where a job writes before `add` renames it into place. */
  temporaryFile(): string;
  /** Takes over a temporary file; one of that name is replaced, and was the same. */
  add(base: Backbone, temporaryFile: string): void;
  /**
   * Moves its files to the trash. Models that were trained on it are whole without it.
   * @throws AppError 'not-found', 'bad-request' for one that came with the program.
   */
  remove(name: string): void;
}

export interface Features {
  /** Whose features are computed by themselves: that of the newest model, or the default one. */
  backbone(): Backbone;
  /**
   * Computes the features that photos lack, ahead of what runs in the background.
   * @throws AppError 'cancelled', 'not-found' when no backbone is there.
   */
  complete(hooks: {
    signal: AbortSignal;
    onProgress(done: number, total: number): void;
  }): Promise<void>;
  /**
   * Called when there are more features than before, with how many more are coming: 0 once those
   * that are worked on are done, or were cancelled. Returns the function that stops it.
   */
  onComputed(listener: (coming: number) => void): () => void;
}

export interface Similarity {
  /**
   * All photos whose features are there, as short vectors that are close when photos are alike. The
   * same object is given out until there are more.
   */
  embedding(options?: EmbeddingOptions): Promise<EmbeddedPhotos>;
}

export interface EmbeddingOptions {
  signal?: AbortSignal;
  /** 'background': nobody waits for it. Default 'normal'. */
  priority?: 'normal' | 'background';
}

export interface Models {
  /** Newest first, removed ones left out. */
  list(): Model[];
  /** @throws AppError 'not-found'. */
  get(id: ModelId): Model;
  /** Absolute path of the model's `.tflite`. */
  file(model: Model): string;
  nextId(): ModelId;
  /** Where a job writes before `add` renames it into place. */
  temporaryFile(id: ModelId): string;
  /** Takes over the temporary file of `model.id`, writes labels and contract beside it. */
  add(model: Model): void;
  /** Called after one was added, renamed or removed. Returns the function that stops it. */
  onChanged(listener: () => void): () => void;
}

export interface TestPhoto extends PhotoSource {
  /** Its label, as a position in the models' labels. */
  truth: number;
}

export interface Comparisons {
  get(id: string): Comparison;
  /**
   * Test photos of the first model's version that none of the models was trained on.
   * @throws AppError 'bad-request' when the models tell different labels apart, 'not-ready' without photos.
   */
  testPhotos(modelIds: readonly ModelId[]): { versionId: string; photos: TestPhoto[] };
  /** Newest comparison that has this model in it, for the export's report. */
  latestWith(modelId: ModelId): Comparison | undefined;
}

export interface Deployments {
  /** What went to which phone, newest first. */
  list(): Deployment[];
}

/** What a companion sends. Its photo is a file of this computer, or bytes in memory. */
export type ReceivedCorrection = Pick<
  CorrectionRecord,
  'answered' | 'said' | 'device' | 'at' | 'fileName'
> & {
  photo: { path: string } | { content: Uint8Array };
  /** What the sender says its hash is; other bytes are refused. */
  sha256?: string | undefined;
  /** Hash of the model that answered. */
  modelSha256?: string | undefined;
};

export interface Corrections {
  /**
   * Puts a photo that a person corrected, or collected, into the inbox; once it resolves, neither a
   * crash nor a power cut loses it. 'known': it came before with the same words from the same device.
   * @throws AppError 'upload-refused' when the file is too large, 'photo-unreadable' when it is no
   * photo, 'hash-mismatch' when it has other bytes than were announced, 'no-space'.
   */
  receive(correction: ReceivedCorrection): Promise<{ outcome: 'added' | 'known'; id: string }>;
  /** Whether a photo came with these words from a device, whatever was decided since. */
  has(key: Pick<Correction, 'sha256' | 'said'> & { deviceId: string }): boolean;
}
