import type { Backbone } from '../../../shared/domain/backbone';
import type { BaseSource } from '../../../shared/domain/base-source';
import type { GraphSummary } from '../../../shared/domain/graph-summary';
import type { GraphChange, IoType, Precision } from '../../../shared/domain/model';
import type { Preprocessing } from '../../../shared/domain/preprocessing';
import type { PhotoSource } from '../tasks';

/** What a person says of a model file that does not say it itself. */
export interface StatedContract {
  /** In the order of the file's answers. */
  labels?: string[];
  mean?: Preprocessing['mean'];
  std?: Preprocessing['std'];
  cropFraction?: number;
}

/** The answers of one file on two implementations of LiteRT. */
export interface CrossCheck {
  runtimes: [string, string];
  photos: number;
  /** Photos whose most probable label is the same. */
  sameLabel: number;
  /** Of a probability. */
  largestDifference: number;
}

export interface ModelTasks {
  /**
   * What a `.tflite` file or a TensorFlow.js layers model computes, operator by operator; of `.tflite` also
   * files that can't be used here. A `modelFile` is what `readOpenedModel` takes.
   */
  'describe-graph': {
    input: { modelFile: string };
    progress: never;
    output: GraphSummary;
  };
  /** Reads a classifier that was made elsewhere, and writes it with a contract for this project. */
  'open-classifier': {
    input: {
      modelFile: string;
      stated: StatedContract;
      /** Labels of the project, in the order in which the new file is to answer. */
      labels: string[];
      /** To hold the new file against the old one on; drawn pictures where none can be read. */
      photos: PhotoSource[];
      cacheFile: string;
      outputFile: string;
    };
    progress: never;
    output: {
      /** What a TensorFlow.js model is called; a `.tflite` file goes by its own name. */
      name?: string;
      preprocessing: Preprocessing;
      precision: Precision;
      io: IoType;
      changes: GraphChange[];
      /** Of the file that was opened. */
      sourceSha256: string;
      /** Labels of the file that the project does not have. */
      leftOut: string[];
      bytes: number;
      sha256: string;
      runtime: string;
      /** The written file against the one that came. */
      proof: { pictures: number; of: 'photos' | 'drawn'; largestDifference: number };
    };
  };
  /** Cuts a float classifier that was made elsewhere at its features, and writes those as a backbone. */
  'open-base': {
    input: Pick<
      ModelTasks['open-classifier']['input'],
      'modelFile' | 'photos' | 'cacheFile' | 'outputFile'
    > & { stated: Omit<StatedContract, 'labels'> };
    progress: never;
    output: Pick<
      Backbone,
      'inputSize' | 'featureWidth' | 'mean' | 'std' | 'cropFraction' | 'bytes' | 'sha256'
    > &
      Pick<BaseSource, 'license'> &
      Pick<
        ModelTasks['open-classifier']['output'],
        'name' | 'changes' | 'sourceSha256' | 'runtime'
      > & {
        /** What was cut off put behind the features again, against the file. */
        proof: ModelTasks['open-classifier']['output']['proof'];
      };
  };
  /** Runs a classifier on both implementations of LiteRT; photos that can't be read are left out. */
  'cross-check': {
    input: {
      modelFile: string;
      preprocessing: Preprocessing;
      photos: PhotoSource[];
      cacheFile: string;
    };
    progress: { done: number };
    /** Undefined: there is no second one here, or none of the photos can be read. */
    output: { checked?: CrossCheck };
  };
}
