import type { Backbone } from '../../../shared/domain/backbone';
import type { TrainingSettings } from '../../../shared/domain/model';
import type { PixelRecipe } from '../../../shared/domain/preprocessing';
import type { PhotoSource } from '../tasks';

/** One head: what it learns from and is judged on. */
export interface HeadTrialPlan {
  /** Judged on this fold, learns from the others: 0 to 4. */
  fold: number;
  /** Of the photos outside the fold, label by label: above 0, at most 1. A larger share holds a smaller one. */
  share: number;
  settings: TrainingSettings;
}

export interface HeadTrialScore {
  /** Photos learned from. */
  learned: number;
  /** Of each photo: 0 it was not judged, 1 wrong, 2 right. */
  outcomes: Uint8Array;
  /** Mean cross-entropy of those judged, nats. */
  loss: number;
}

export interface TrainingTasks {
  /** Trains heads on parts of photos and judges them on others; their weights are thrown away. */
  'score-heads': {
    input: {
      /** `unit`: photos of one number stay together in one fold. */
      photos: (PhotoSource & { labelIndex: number; unit: number })[];
      labels: string[];
      backbone: Backbone;
      backboneFile: string;
      recipe: PixelRecipe;
      cacheFile: string;
      trials: HeadTrialPlan[];
      /** Decides the folds and the order in which photos are learned from. */
      seed: number;
      /** Milliseconds since 1970: no trial begins afterwards. */
      deadline?: number;
    };
    progress: { done: number };
    output: {
      engine: string;
      /** In the order of `trials`, fewer when time ran out. */
      scores: HeadTrialScore[];
    };
  };
}
