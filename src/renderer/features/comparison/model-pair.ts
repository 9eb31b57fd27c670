import type { Comparison, Difference, ModelResult } from '@shared/domain/comparison';
import type { OpenPhotos } from './PhotosDialog';

/** The first model and one other of a comparison: what every section below the columns shows. */
export interface ModelPair {
  comparison: Comparison;
  difference: Difference;
  /** Place of the second model in the comparison; the first is 0. */
  secondIndex: number;
  first: ModelResult;
  second: ModelResult;
  /** Short names that tell the two apart. */
  firstName: string;
  secondName: string;
  onOpen(photos: OpenPhotos): void;
}
