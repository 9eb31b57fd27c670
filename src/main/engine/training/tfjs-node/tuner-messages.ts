import type { Graph } from '../../graph/graph';
import type { AffineEncoding } from '../../quantization/affine-encoding';
import type { TuningBatch, TuningState } from '../fine-tune/tuned-network';

/** What activations are stored as in int8, by tensor: then the network computes as if they were. */
export type Encodings = ReadonlyMap<number, AffineEncoding>;

/** To the process that holds TensorFlow. One network a process; answers come in order. */
export type ToTuner =
  | { type: 'build'; id: number; graph: Graph; encodings: Encodings | undefined }
  | { type: 'step'; id: number; batch: TuningBatch; rate: number }
  | { type: 'logits'; id: number; inputs: Float32Array; rows: number }
  | { type: 'state'; id: number }
  | { type: 'restore'; id: number; state: TuningState }
  | { type: 'set-weights'; id: number; weights: readonly Float32Array[] };

/** The first answer, to no message, has the id 0: TensorFlow is loaded, and this is its name. */
export type FromTuner =
  | { type: 'ready'; id: number; engine: string }
  | { type: 'done'; id: number }
  | { type: 'logits'; id: number; logits: Float32Array }
  | { type: 'state'; id: number; state: TuningState }
  | { type: 'failed'; id: number; code: string; reason: string; remedy?: string };
