import { throwIfCancelled } from '../../shared/api/errors';
import type { Graph } from '../engine/graph/graph';
import { checkClassifier, spreadOver } from './check-classifier';
import type { TaskContext } from './task-context';
import type { TaskInput } from './tasks';
import type { TrainingPhoto } from './training-features';
import { writeClassifier } from './write-classifier';

/** Photos on which the written file is held against the trainer: about a second's work. */
const checkedPhotos = 32;

export interface TrainedClassifier {
  /** As it was trained, with the head. */
  graph: Graph;
  /** What the model was made by, for its description. */
  made: string;
  /** Training and validation photos, of which some are checked. */
  photos: readonly TrainingPhoto[];
  /** The trainer's answers to photos: row-major [photos, labels]. */
  answers(photos: readonly TrainingPhoto[]): Promise<Float32Array> | Float32Array;
}

interface CheckContext
  extends Pick<TaskContext<'train-classifier'>, 'runtime' | 'cache' | 'signal'> {
  report(progress: { step: 'writing' } | { step: 'checking'; done: number; total: number }): void;
}

/**
 * Cleans and writes a trained graph, and runs the file from the photos' pixels on.
 * @throws AppError 'model-broken' when it does not answer as the trainer does.
 */
export async function writeCheckedClassifier(
  { graph, made, photos, answers }: TrainedClassifier,
  input: TaskInput<'train-classifier'>,
  { report, runtime, cache, signal }: CheckContext,
) {
  throwIfCancelled(signal);
  report({ step: 'writing' });
  const { bytes, sha256, preprocessing, changes } = await writeClassifier(graph, made, input);
  const chosen = spreadOver(photos, checkedPhotos);
  const total = chosen.length;
  const litert = await runtime();
  const check = await checkClassifier({
    runtime: litert,
    file: bytes,
    preprocessing,
    photos: chosen,
    expected: await answers(chosen),
    cache: cache(input.cacheFile),
    signal,
    onProgress: (done) => report({ step: 'checking', done, total }),
  });
  return { bytes: bytes.length, sha256, preprocessing, changes, check, runtime: litert.name };
}
