import type { Preprocessing } from '../../../shared/domain/preprocessing';
import type { PreprocessingMistake } from '../../../shared/domain/preprocessing-check';
import type { PhotoFailure, PhotoSource } from '../tasks';

export interface PreprocessingTasks {
  /** What a model says of photos that were prepared as they should be, and with each mistake. */
  'check-preprocessing': {
    input: { modelFile: string; preprocessing: Preprocessing; photos: PhotoSource[] };
    progress: { done: number };
    output: {
      /** Row-major [photos, labels], rows of failures zero; here and below. */
      right: Float32Array;
      mistakes: { mistake: PreprocessingMistake; probabilities: Float32Array }[];
      /** Mistakes that give the model the same input on all photos. */
      harmless: PreprocessingMistake[];
      failures: PhotoFailure[];
      runtime: string;
    };
  };
}
