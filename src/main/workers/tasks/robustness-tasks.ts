import type { Preprocessing } from '../../../shared/domain/preprocessing';
import type { Disturbance } from '../../../shared/domain/robustness';
import type { PhotoFailure, PhotoSource } from '../tasks';

export interface RobustnessTasks {
  /** What classifiers say of photos as they are and as they get worse. */
  'answer-disturbed': {
    input: {
      models: { file: string; preprocessing: Preprocessing }[];
      photos: PhotoSource[];
      cacheFile: string;
    };
    progress: { done: number };
    output: {
      /** A row a model: the label given to each photo, 0 where it failed. */
      plain: Int32Array[];
      /** In the order of `disturbanceStrengths`. */
      disturbed: { disturbance: Disturbance; strength: number; answers: Int32Array[] }[];
      failures: PhotoFailure[];
      runtime: string;
    };
  };
}
