import type { LayerError } from '../../../shared/domain/layer-error';
import type { Preprocessing } from '../../../shared/domain/preprocessing';
import type { PhotoSource } from '../tasks';

/** Tasks that look into quantized models. */
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
}
