import type { Model } from '../../../shared/domain/model';
import type { TaskOutput } from '../../workers/tasks';

/** A model on its way into an export folder. */
export interface ExportedModel {
  model: Model;
  /** Absolute path of its `.tflite`. */
  source: string;
  /** `model-int8`: names its files in the folder and in the snippets. */
  stem: string;
}

/** The photo that the README works through. */
export interface ExportedExample {
  /** Name in the folder, `example.jpg`. */
  fileName: string;
  originalName: string;
  split: 'train' | 'validation' | 'test';
  label: string;
  /** What each exported model does with it, in the same order. */
  traces: TaskOutput<'trace-photo'>[];
}

export const exportedModel = (model: Model, source: string): ExportedModel => ({
  model,
  source,
  stem: `model-${model.precision}`,
});
