import type { ModelMemory } from '../../../shared/domain/comparison';
import type { ElementType } from '../graph/graph';

/**
 * Runs LiteRT models. One implementation is LiteRT's WebAssembly build, another its native
 * library; callers cannot tell them apart but by `name` and speed. Not for use by two calls at a
 * time: one runtime a worker.
 */
export interface Runtime {
  /** For provenance: "LiteRT 2.5.3 WebAssembly (relaxed SIMD)". */
  readonly name: string;
  /** Threads one inference uses. */
  readonly threads: number;
  /** In another process: many megabytes of outputs take longer to be handed over than to compute. */
  readonly apart: boolean;
  /**
   * Loads a `.tflite` file's bytes.
   * @throws AppError 'model-unreadable' when it can't be read, 'model-broken' when LiteRT logged
   * an error while preparing it (it reports many failures by log line alone).
   */
  load(file: Uint8Array): Promise<LoadedModel>;
  /**
   * The same implementation with so many threads an inference, to be disposed of by the caller; absent
   * where it always has as many as `threads` says.
   */
  withThreads?(threads: number): Promise<Runtime>;
  /**
   * What a model takes of memory at the highest, in an own, fresh start of this implementation: the file, its
   * weights as LiteRT packs them, tensors. Absent where nobody can tell.
   * @param path of the `.tflite` file.
   * @throws AppError as `load` and `LoadedModel.run`.
   */
  weigh?(path: string): Promise<ModelMemory>;
  dispose(): Promise<void>;
}

export interface TensorInfo {
  name: string;
  type: ElementType;
  shape: number[];
}

export type TensorData = Float32Array | Int32Array | Int16Array | Uint8Array | Int8Array;

export interface LoadedModel {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** Milliseconds from bytes to ready, first inference not included. */
  readonly loadMs: number;
  /**
   * Milliseconds that the last successful `run` took inside LiteRT, from the inputs in its memory
   * or beside it to the outputs: what a phone app would wait for, without the way to another process.
   */
  readonly lastRunMs: number;
  /**
   * One inference. `inputs[i]` has the type and element count of `this.inputs[i]`; the answer is
   * a fresh array an output, in order of `outputs`. May be called before the call before has answered:
   * they are answered in order, and `inputs` belong to the runtime until then.
   * @throws AppError when LiteRT logged an error: 'model-broken' in the first inference, in which
   * it still prepares operators, 'runtime-failed' later.
   */
  run(inputs: readonly TensorData[]): Promise<TensorData[]>;
  dispose(): void;
}
