import type { Backbone } from '../../../shared/domain/backbone';
import type { PixelRecipe } from '../../../shared/domain/preprocessing';
import type { Head } from '../../engine/graph/read-head';
import type { EmbeddedPhotos, PhotoSource } from '../tasks';

/** What photos would be called, in one order; those without an answer are left out. */
export interface PhotoAnswers {
  photoIds: Uint32Array;
  labelIds: Uint32Array;
  probabilities: Float32Array;
  uncertainties: Float32Array;
}

/** Photos with their labels, in one order. */
export interface LabeledPhotos {
  /** Ascending. */
  photoIds: Uint32Array;
  labelIds: Uint32Array;
}

/** Tasks that tell what photos would be called. */
export interface SuggestionTasks {
  /** @throws AppError 'model-unreadable', 'model-unsupported'. */
  'read-head': {
    input: { modelFile: string; featureWidth: number };
    progress: never;
    output: Head;
  };
  /** What a model answers, from features in the cache; photos without them are left out. */
  'apply-head': {
    input: {
      head: Head;
      /** Label of each class; 0 for one that is gone. */
      labelIds: number[];
      photos: Pick<PhotoSource, 'photoId' | 'sha256'>[];
      backbone: Backbone;
      recipe: PixelRecipe;
      cacheFile: string;
    };
    progress: never;
    output: PhotoAnswers;
  };
  /**
   * What the nearest labeled photos say about those at `start..end` of the embedding. No answers
   * when fewer than two labels have a photo there.
   */
  'vote-neighbors': {
    input: {
      embedding: EmbeddedPhotos;
      labeled: LabeledPhotos;
      start: number;
      end: number;
      seed: number;
    };
    progress: never;
    output: PhotoAnswers & { voters: number };
  };
}
