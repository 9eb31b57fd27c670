import type { LayerError } from '../../../shared/domain/layer-error';
import type { Preprocessing } from '../../../shared/domain/preprocessing';
import type { EmbeddedPhotos, PhotoSource } from '../tasks';

/** Tasks around quantized models. */
export interface QuantizationTasks {
  /** How far each tensor of a quantized model strays from its float parent's, worst first. */
  'measure-layers': {
    input: {
      parentFile: string;
      parentPreprocessing: Preprocessing;
      modelFile: string;
      preprocessing: Preprocessing;
      photos: PhotoSource[];
      cacheFile: string;
    };
    progress: never;
    output: { photos: number; layers: LayerError[]; runtime: string };
  };
  /** Photos that differ most from one another, of those that are embedded. */
  'spread-photos': {
    input: { embedding: EmbeddedPhotos; photoIds: number[]; count: number; seed: number };
    progress: never;
    output: { photoIds: number[] };
  };
}
