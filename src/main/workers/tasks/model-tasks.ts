import type { GraphChange, IoType, Precision } from '../../../shared/domain/model';
import type { Preprocessing } from '../../../shared/domain/preprocessing';

/** What a person says of a model file that does not say it itself. */
export interface StatedContract {
  /** In the order of the file's answers. */
  labels?: string[];
  mean?: Preprocessing['mean'];
  std?: Preprocessing['std'];
  cropFraction?: number;
}

export interface ModelTasks {
  /** Reads a classifier that was made elsewhere, and writes it with a contract for this project. */
  'open-classifier': {
    input: {
      modelFile: string;
      stated: StatedContract;
      /** Labels of the project, in the order in which the new file is to answer. */
      labels: string[];
      outputFile: string;
    };
    progress: never;
    output: {
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
      /** The written file against the one that came, on drawn pictures. */
      proof: { pictures: number; largestDifference: number };
    };
  };
}
