import type { QuantizationGains } from '../../../shared/domain/quantization-gains';
import type { LayerError } from '../../../shared/domain/layer-error';
import type { AwareRecord, GraphChange, QuantizationSettings } from '../../../shared/domain/model';
import type { Preprocessing } from '../../../shared/domain/preprocessing';
import type { EmbeddedPhotos, LabeledPhoto, PhotoSource } from '../tasks';

/** Tasks around quantized models. */
export interface QuantizationTasks {
  /** Writes a quantized copy of a float model and checks it against its parent. */
  'quantize-model': {
    input: {
      modelFile: string;
      preprocessing: Preprocessing;
      settings: QuantizationSettings;
      calibration: PhotoSource[];
      checks: PhotoSource[];
      /** Training and validation photos, where the model is trained for int8. */
      learned?: LabeledPhoto[];
      /** Validation photos that tell what each correction gained; without them that is not measured. */
      judged?: LabeledPhoto[];
      cacheFile: string;
      outputFile: string;
    };
    progress: {
      step: 'calibrating' | 'searching' | 'learning' | 'writing' | 'checking' | 'judging';
      done: number;
      total: number;
    };
    output: {
      changes: GraphChange[];
      check: { photos: number; agreement: number; largestDifference: number };
      aware?: AwareRecord | undefined;
      gains?: QuantizationGains | undefined;
      seconds: number;
      bytes: number;
      sha256: string;
      preprocessing: Preprocessing;
      runtime: string;
    };
  };
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
