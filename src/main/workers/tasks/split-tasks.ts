import type { EmbeddedPhotos } from '../tasks';

/** What is asked about splits. */
export interface SplitTasks {
  /** Photos that must not straddle splits, by what an import knows of them. */
  'group-photos': {
    input: {
      /** 16 hex digits each. */
      hashes: string[];
      /** Seconds; NaN where not known. */
      takenAt: Float64Array;
      /** Numbers of cameras; -1 where not known. */
      camera: Int32Array;
      /** Number of the studio's own; undefined when none of the photos is of it. */
      studioCamera?: number;
      /** Place of a photo that it is known to stay with; -1 for none. */
      known: Int32Array;
    };
    progress: never;
    /** Place of the first photo of each one's group; -1 when it is alone. */
    output: { groups: Int32Array };
  };
  /** How much better a classifier seems on splits that were dealt photo by photo. */
  'measure-leak': {
    input: {
      embedding: EmbeddedPhotos;
      /** Labeled photos with the numbers of their classes and of what they stay together with. */
      photoIds: Uint32Array;
      labels: Int32Array;
      units: Int32Array;
      classes: number;
      testShare: number;
      repeats: number;
      seed: number;
    };
    progress: { done: number; total: number };
    output: {
      /** Photos and groups of several that it was measured on. */
      photos: number;
      groups: number;
      /** One number a repeat: accuracies, and the share of naive test photos with a group-mate in training. */
      naive: number[];
      honest: number[];
      leaked: number[];
    };
  };
}
