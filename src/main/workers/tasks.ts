import type { Backbone } from '../../shared/domain/backbone';
import type { EpochRecord, GraphChange, TrainingSettings } from '../../shared/domain/model';
import type { PhotoFacts } from '../../shared/domain/photo';
import type { PixelRecipe, Preprocessing } from '../../shared/domain/preprocessing';
import type { Split } from '../../shared/domain/split';
import type { AnalysisFacts, AnalysisOutput, AnalysisStep } from './tasks/analysis';

export type * from './tasks/analysis';
export type { CrossCheck } from './tasks/model-tasks';
import type { CostTasks } from './tasks/cost-tasks';
import type { ExchangeTasks } from './tasks/exchange-tasks';
import type { FineTuningTasks } from './tasks/fine-tuning-tasks';
import type { ExplanationTasks } from './tasks/explanation-tasks';
import type { ModelTasks } from './tasks/model-tasks';
import type { PreprocessingTasks } from './tasks/preprocessing-tasks';
import type { QuantizationTasks } from './tasks/quantization-tasks';
import type { RobustnessTasks } from './tasks/robustness-tasks';
import type { SplitTasks } from './tasks/split-tasks';
import type { SuggestionTasks } from './tasks/suggestion-tasks';
import type { TrainingTasks } from './tasks/training-tasks';
import type { PhotoHashes } from '../platform/photo-hashes';

/** Where a worker finds a photo's bytes. */
export interface PhotoSource {
  photoId: number;
  /** Empty for a lone file outside any project: it is neither checked nor cached. */
  sha256: string;
  /** Absolute path of the referenced file or of the blob. */
  path: string;
}

/** A photo with what it shows and what it is for. */
export interface LabeledPhoto extends PhotoSource {
  labelIndex: number;
  split: Split;
}

export interface PhotoFailure {
  photoId: number;
  reason: string;
}

export type InspectedFile =
  | { ok: true; path: string; sha256: string; bytes: number; modifiedMs: number; facts: PhotoFacts }
  | { ok: false; path: string; reason: string; message: string };

/** Photos and their hashes, in one order. */
export interface HashedPhotos {
  /** Ascending. */
  photoIds: Uint32Array;
  hashes: PhotoHashes;
}

/** Rows of length 1 on shared memory, so that any worker can read them without a copy. */
export interface EmbeddedPhotos extends HashedPhotos {
  dimensions: number;
  /** Row-major [photos, dimensions]. */
  vectors: Float32Array;
}

/**
 * Every task a worker thread can run: what it gets, what it reports on the way, what it returns.
 * Types only: services import this file, the worker implements it.
 */
export interface Tasks
  extends CostTasks,
    ExchangeTasks,
    ExplanationTasks,
    ModelTasks,
    FineTuningTasks,
    PreprocessingTasks,
    QuantizationTasks,
    RobustnessTasks,
    SplitTasks,
    SuggestionTasks,
    TrainingTasks {
  /** Hashes, decodes once, fills the cache (thumbnail, facts, model input). */
  'inspect-photos': {
    input: {
      paths: string[];
      cacheFile: string;
      recipe: PixelRecipe;
      /** Store the bytes as `blobsFolder/ab/<sha256>`; absent: the file stays where it is. */
      blobsFolder?: string;
    };
    progress: never;
    output: { files: InspectedFile[] };
  };
  /** SHA-256 of files, for relinking; undefined where one can't be read. */
  'hash-files': {
    input: { paths: string[] };
    progress: never;
    output: { hashes: (string | undefined)[] };
  };
  /** A JPEG for the screen, longer side at most `size`. */
  'render-photo': {
    input: { path: string; size: number };
    progress: never;
    output: { jpeg: Uint8Array };
  };
  /** Fills the cache with features of photos that lack them; `mirrored`: of both views. */
  'extract-features': {
    input: {
      photos: PhotoSource[];
      backbone: Backbone;
      backboneFile: string;
      recipe: PixelRecipe;
      mirrored: boolean;
      cacheFile: string;
    };
    progress: { done: number };
    output: { failures: PhotoFailure[] };
  };
  /**
   * Coordinates of photos in a subspace of their features, from the cache where they are there;
   * photos without features are left out. The subspace is found anew when there are far more
   * features than it was found from.
   */
  'embed-photos': {
    input: {
      photos: HashedPhotos;
      backbone: Backbone;
      recipe: PixelRecipe;
      cacheFile: string;
    };
    progress: { done: number; total: number };
    output: EmbeddedPhotos;
  };
  /** The photos nearest to the mean of some, nearest first; those themselves left out. */
  'find-similar': {
    input: {
      embedding: EmbeddedPhotos;
      photoIds: number[];
      limit: number;
      backbone: Backbone;
      recipe: PixelRecipe;
      cacheFile: string;
    };
    progress: never;
    output: { photos: { photoId: number; similarity: number }[]; comparedWhole: number };
  };
  /** Contrast and edge colors of photos, from their thumbnails in the cache. */
  'measure-thumbnails': {
    input: { photos: Pick<PhotoSource, 'photoId' | 'sha256'>[]; cacheFile: string };
    progress: { done: number };
    output: { photos: { photoId: number; contrast: number; edgeColors: string }[] };
  };
  /** What is wrong with the photos and labels of a data set. */
  'analyze-photos': {
    input: { facts: AnalysisFacts; embedding: EmbeddedPhotos; classes: number; seed: number };
    progress: { step: AnalysisStep; done: number; total: number };
    output: AnalysisOutput;
  };
  /** Where photos lie in the plane so that those alike lie together; those not embedded are left out. */
  'lay-out-map': {
    input: { embedding: EmbeddedPhotos; photoIds: Uint32Array; seed: number };
    progress: { step: 'neighbors' | 'arranging'; done: number; total: number };
    output: {
      /** Ascending, as in the embedding. */
      photoIds: Uint32Array;
      /** Row-major [photos, 2], -1..1. */
      positions: Float32Array;
      method: 'exact' | 'approximate';
    };
  };
  /**
   * Trains a head on cached features, joins it to the backbone, cleans the graph, writes the
   * float32 `.tflite` and checks it against the trainer's own answers.
   */
  'train-classifier': {
    input: {
      photos: LabeledPhoto[];
      labels: string[];
      backbone: Backbone;
      backboneFile: string;
      recipe: PixelRecipe;
      settings: TrainingSettings;
      cacheFile: string;
      outputFile: string;
      /** Int32 at index 0 becomes 1 when the person asks to stop and keep the best. */
      stopFlag: SharedArrayBuffer;
    };
    progress: /** `epochs`: how many there will be at most. */
      | {
          step: 'epoch';
          record: EpochRecord;
          bestEpoch: number;
          epochs: number;
          engine: string;
        }
      | { step: 'writing' }
      | { step: 'checking'; done: number; total: number };
    output: {
      engine: string;
      epochs: EpochRecord[];
      bestEpoch: number;
      stopped: 'finished' | 'early' | 'by-user';
      seconds: number;
      changes: GraphChange[];
      check: { photos: number; largestDifference: number };
      accuracy: { train: number; validation: number };
      bytes: number;
      sha256: string;
      preprocessing: Preprocessing;
      runtime: string;
    };
  };
  /** What would train a head here, as `readiness.engine` shows it. */
  'describe-trainer': {
    input: Record<string, never>;
    progress: never;
    output: { name: string; note?: string };
  };
  /** Probabilities of photos, row-major [photos, labels]; rows of failures are zero. */
  'answer-photos': {
    input: {
      modelFile: string;
      preprocessing: Preprocessing;
      photos: PhotoSource[];
      cacheFile?: string;
    };
    progress: { done: number };
    output: { probabilities: Float32Array; failures: PhotoFailure[]; runtime: string };
  };
  /** One photo's way through a model, for the worked example of an export. */
  'trace-photo': {
    input: {
      modelFile: string;
      preprocessing: Preprocessing;
      photo: PhotoSource;
      cacheFile?: string;
    };
    progress: never;
    output: {
      /** RGB bytes before normalization, width * height * 3. */
      pixels: Uint8Array;
      /** The first four pixels as the input tensor stores them: R, G, B, R … */
      firstStored: number[];
      /** The output tensor as it is stored, and the probabilities it says. */
      storedOutput: number[];
      probabilities: number[];
      runtime: string;
    };
  };
  /** The contract that a `.tflite` file carries, or that lies beside it: all an answer needs. */
  'read-contract': {
    input: { modelFile: string };
    progress: never;
    output: { preprocessing: Preprocessing };
  };
  /** Draws the sample project's pictures, one folder a label, into `targetFolder`. */
  'generate-sample': {
    input: { resourcesFolder: string; targetFolder: string; seed: number };
    progress: { done: number; total: number };
    output: { photos: number };
  };
}

export type TaskName = keyof Tasks;
export type TaskInput<Name extends TaskName> = Tasks[Name]['input'];
export type TaskProgress<Name extends TaskName> = Tasks[Name]['progress'];
export type TaskOutput<Name extends TaskName> = Tasks[Name]['output'];
