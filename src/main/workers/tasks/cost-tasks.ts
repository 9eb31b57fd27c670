import type { ModelMemory } from '../../../shared/domain/comparison';
import type { Preprocessing } from '../../../shared/domain/preprocessing';
import type { PhotoSource } from '../tasks';

/** What models cost on this computer. */
export interface CostTasks {
  /** Times single inferences, models taking turns so that a busy moment hits all alike. */
  'measure-latency': {
    input: {
      models: { file: string; preprocessing: Preprocessing }[];
      photos: PhotoSource[];
      cacheFile?: string;
      warmupRuns: number;
      runs: number;
      /** Also with so many threads, in the same rounds; not where the runtime has one number of them only. */
      alsoThreads?: number;
      /** Rounds end early when they take longer, but not before there are a few. */
      mostMs?: number;
    };
    progress: { done: number; total: number };
    output: {
      models: { loadMs: number; timesMs: number[]; threadedTimesMs?: number[] }[];
      /** Rounds that were not counted. */
      warmupRuns: number;
      /** Of `timesMs`. */
      threads: number;
      runtime: string;
    };
  };
  /** Memory that models need at their highest, one after another. */
  'weigh-models': {
    input: { files: string[] };
    /** Models done. */
    progress: { done: number };
    /** In the order of `files`; undefined where the runtime cannot tell. */
    output: { memory: (ModelMemory | undefined)[] };
  };
}
