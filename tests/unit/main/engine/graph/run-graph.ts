import type { Graph } from '@main/engine/graph/graph';
import { writeTflite } from '@main/engine/graph/write-tflite';
import type { Runtime, TensorData } from '@main/engine/runtime/runtime';

/** LiteRT's first answer for one float32 input. */
export async function answerOf(
  runtime: Runtime,
  model: Graph | Uint8Array,
  input: Float32Array,
): Promise<Float32Array> {
  const file = model instanceof Uint8Array ? model : writeTflite(model);
  const loaded = await runtime.load(file);
  try {
    const [answer] = await loaded.run([input] satisfies TensorData[]);
    if (!(answer instanceof Float32Array)) throw new Error('The answer is not float32');
    return answer;
  } finally {
    loaded.dispose();
  }
}

/** Waves of different lengths in -1..1: an input in which every place differs. */
export const waves = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => 0.6 * Math.sin(i / 71) + 0.4 * Math.sin(i * 1.7));

export function largestDifference(first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (first.length !== second.length) throw new Error('The answers differ in length');
  return Math.max(...Array.from(first, (value, i) => Math.abs(value - (second[i] ?? Number.NaN))));
}
