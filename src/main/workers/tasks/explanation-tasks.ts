import type { Preprocessing } from '../../../shared/domain/preprocessing';
import type { PhotoSource } from '../tasks';

/** What speaks for a class, place by place: row-major [height, width], larger is more. */
export interface ActivationMap {
  width: number;
  height: number;
  values: Float32Array;
}

export interface ExplanationTasks {
  /** Where a model looks when it says what it says: class activation maps. */
  'explain-photos': {
    input: {
      modelFile: string;
      preprocessing: Preprocessing;
      /** Each with the class that is asked about, by its number. */
      photos: (PhotoSource & { label: number })[];
      cacheFile: string;
    };
    progress: { done: number };
    output: {
      /** In the order of the photos; undefined for one that can't be read. */
      maps: (ActivationMap | undefined)[];
      /** Why there are none, as part of a sentence. */
      reason?: string;
    };
  };
}
