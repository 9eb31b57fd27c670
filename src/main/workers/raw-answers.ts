import { AppError, throwIfCancelled } from '../../shared/api/errors';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import type { Graph } from '../engine/graph/graph';
import { writeTflite } from '../engine/graph/write-tflite';
import { createInputEncoder } from '../engine/runtime/encode-input';
import type { Runtime, TensorData } from '../engine/runtime/runtime';

/** What float graphs answer to the same pictures, whatever it means. */
export interface RawAnswers {
  readonly runtime: string;
  /** Of a graph with one output, or of a file: an answer a picture. */
  of(model: Graph | Uint8Array): Promise<Float32Array[]>;
  /** Of one that takes rows of numbers: an answer a row. */
  ofRows(graph: Graph, rows: readonly Float32Array[]): Promise<Float32Array[]>;
  /**
   * The answers that others are held against, and the largest number in them where that is above 1.
   * @throws AppError 'model-broken' when they hold what is no number.
   */
  ofSource(model: Graph | Uint8Array): Promise<{ expected: Float32Array[]; scale: number }>;
}

/** @param pictures RGB bytes as the contract cuts them. */
export function createRawAnswers(
  runtime: Runtime,
  contract: Preprocessing,
  pictures: readonly Uint8Array[],
  signal: AbortSignal,
): RawAnswers {
  const encode = createInputEncoder(contract);

  async function run(model: Graph | Uint8Array, inputs: readonly TensorData[]) {
    const file = model instanceof Uint8Array ? model : writeTflite(model);
    const loaded = await runtime.load(file);
    try {
      const answers: Float32Array[] = [];
      for (const input of inputs) {
        throwIfCancelled(signal);
        const [answer] = await loaded.run([input]);
        if (!(answer instanceof Float32Array)) throw new TypeError('Answers are float32');
        answers.push(answer);
      }
      return answers;
    } finally {
      loaded.dispose();
    }
  }

  const of: RawAnswers['of'] = (model) => run(model, pictures.map(encode));
  return {
    runtime: runtime.name,
    of,
    ofRows: run,
    async ofSource(model) {
      const expected = await of(model);
      const largest = expected.map((answer) => Math.max(...answer.map(Math.abs)));
      if (largest.every(Number.isFinite)) return { expected, scale: Math.max(1, ...largest) };
      throw new AppError(
        'model-broken',
        'The file answers a picture with what is no number.',
        'Check mean and standard deviation, or export the file anew.',
      );
    },
  };
}
