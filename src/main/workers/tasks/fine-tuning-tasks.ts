import type { Backbone } from '../../../shared/domain/backbone';
import type { Augmentation } from '../../../shared/domain/fine-tuning';
import type { FineTuningRecord } from '../../../shared/domain/model';
import type { PixelRecipe } from '../../../shared/domain/preprocessing';
import type { PhotoSource, Tasks } from '../tasks';

/** Tasks that change more of a network than its head. */
export interface FineTuningTasks {
  /**
   * Trains a head on cached features, then the last blocks of the backbone with it on changed photos;
   * joins, writes and checks as `train-classifier` does. After each epoch all that it goes on from is
   * written to `checkpointFile`; a file of the same training that is there is gone on from.
   */
  'fine-tune-classifier': {
    input: Tasks['train-classifier']['input'] & {
      checkpointFile: string;
      /** Names the training: data, backbone and settings. */
      belongsTo: string;
    };
    progress: /** An epoch of the blocks comes with `tuning`, one of the head without. */
      | (Tasks['train-classifier']['progress'] & { tuning?: true })
      | { step: 'resumed'; epoch: number }
      | { step: 'tuning'; done: number; total: number };
    output: Tasks['train-classifier']['output'] & { fineTuning: FineTuningRecord };
  };
  /** What of a backbone can be trained, and what would do it here. */
  'describe-fine-tuning': {
    input: { backbone: Backbone; backboneFile: string };
    progress: never;
    output: {
      /** Weights and biases that training so many last blocks changes, from one block on. */
      blocks: { blocks: number; weights: number }[];
      /** What keeps blocks further up from being trained. */
      limit?: string;
      /** "tfjs-node 4.22.0". */
      engine?: string;
      /** Why there is none, and what to do. */
      missing?: { message: string; remedy?: string };
    };
  };
  /** A training photo as some epoch may see it, as a JPEG. */
  'preview-augmentation': {
    input: {
      photo: PhotoSource;
      recipe: PixelRecipe;
      cacheFile: string;
      augmentation: Augmentation;
      seed: number;
      epoch: number;
    };
    progress: never;
    output: { jpeg: Uint8Array };
  };
}
