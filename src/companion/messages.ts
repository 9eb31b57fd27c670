import type { Precision } from '../shared/domain/model';

/** How this page's answers to golden photos compare with the desktop's. */
export interface GoldenState {
  /** 'none': the studio has sent no golden photos. */
  state: 'checking' | 'none' | 'same' | 'different' | 'failed';
  photos?: number;
  largestDifference?: number;
  bound?: number;
  /** What the studio makes of other answers: a mistake's name, and what to do. */
  mistakes: { name: string; remedy: string }[];
  /** Why it failed. */
  problem?: string;
}

export interface OfferedModel {
  sha256: string;
  name: string;
  precision: Precision;
}

/** What runs a model, and what became of trying WebGPU; without `trial` it is not offered, or not for this model. */
export interface EngineState {
  runs: 'wasm' | 'webgpu';
  trial?:
    | { outcome: 'trying' }
    /** Medians of single runs. */
    | { outcome: 'faster' | 'slower'; gpuMs: number; wasmMs: number }
    /** The largest one of a probability, to WebAssembly's or the desktop's. */
    | { outcome: 'different'; difference: number }
    | { outcome: 'failed'; problem: string };
}

/** What the page shows of the models it has. */
export interface ModelsState {
  project: string;
  models: OfferedModel[];
  /** The one that answers, by hash. */
  running: string;
  labels: string[];
  cropFraction: number;
  /** "LiteRT 2.5.3 WebAssembly (relaxed SIMD), 4 threads"; also while WebGPU runs the model. */
  runtime: string;
  engine: EngineState;
}

/** From the page to the worker that runs models. */
export type ToWorker =
  /** The studio has written this file; without a name, it may have written any. */
  | { kind: 'look'; name: string }
  | { kind: 'use'; sha256: string }
  | { kind: 'picture'; id: number; picture: Blob | ImageBitmap };

/** From the worker to the page. */
export type FromWorker =
  | { kind: 'models'; state: ModelsState }
  | { kind: 'golden'; state: GoldenState }
  | { kind: 'answer'; id: number; answer: PictureAnswer }
  /** No answer for this picture; without `problem` because there is no model yet. */
  | { kind: 'no-answer'; id: number; problem?: string }
  /** There is no model; or one was refused, and the one before goes on. */
  | { kind: 'trouble'; problem: string | undefined };

export interface PictureAnswer {
  /** Of the model that gave it. */
  sha256: string;
  labels: string[];
  probabilities: number[];
  /** Inside LiteRT alone, and from the picture to the answer. */
  inferenceMs: number;
  totalMs: number;
}
