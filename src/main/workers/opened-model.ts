import type { GraphChange } from '../../shared/domain/model';
import type { ModelMetadata } from '../engine/graph/model-metadata';

/** A model that was made elsewhere, of whatever form, as a `.tflite` file. */
export interface OpenedModel {
  file: Uint8Array;
  /** What is said of it beside the file; absent where the file itself says it. */
  metadata?: ModelMetadata;
  /** What was done to it to make it a `.tflite` file. */
  changes: GraphChange[];
  /** Of what came: the file, or `model.json` and the files with weights in their order. */
  bytes: number;
  sha256: string;
}
