import { throwIfCancelled } from '../../../shared/api/errors';
import { topAnswer } from '../../../shared/domain/comparison-math';
import type { Likeness } from '../../../shared/domain/quantization-gains';
import type { Preprocessing } from '../../../shared/domain/preprocessing';
import type { Graph } from '../graph/graph';
import { writeTflite } from '../graph/write-tflite';
import { decodeOutput } from '../runtime/decode-output';
import { createInputEncoder } from '../runtime/encode-input';
import type { Runtime } from '../runtime/runtime';
import { signalToNoise } from './signal-to-noise';

export interface LogitAnswer {
  /** The label that the file answers. */
  label: number;
  /** What its softmax reads, as real numbers; of a graph without one its answers. */
  logits: Float64Array;
}

/**
 * What a graph says to photos (RGB bytes of a model input), with the logits, which rounded probabilities
 * no longer show.
 * @throws AppError 'cancelled', what `Runtime.load` and `run` throw.
 */
export async function answerWithLogits(
  graph: Graph,
  contract: Preprocessing,
  photos: AsyncIterable<Uint8Array>,
  runtime: Runtime,
  { signal, onPhoto }: { signal: AbortSignal; onPhoto?: () => void },
): Promise<LogitAnswer[]> {
  const [output = -1] = graph.outputs;
  const softmax = graph.operators.findLast(({ kind }) => kind === 'SOFTMAX');
  const logits = softmax?.inputs[0] ?? output;
  const [scale = 1] = graph.tensors[logits]?.quantization?.scale ?? [];
  const [zeroPoint = 0] = graph.tensors[logits]?.quantization?.zeroPoint ?? [];
  const encode = createInputEncoder(contract);
  const model = await runtime.load(
    writeTflite({ ...graph, outputs: [...new Set([output, logits])], metadata: new Map() }),
  );
  const found: LogitAnswer[] = [];
  try {
    for await (const pixels of photos) {
      throwIfCancelled(signal);
      const [answer, stored = answer] = await model.run([encode(pixels)]);
      if (!answer || !stored) throw new RangeError('The model has no output');
      found.push({
        label: topAnswer(decodeOutput(answer, contract.output)),
        logits: Float64Array.from(stored, (value) => scale * (value - zeroPoint)),
      });
      onPhoto?.();
    }
  } finally {
    model.dispose();
  }
  return found;
}

/**
 * @param float the answers of the float model, and `found` those of a form of it, to the same photos.
 * @param truths the right label of each.
 */
export function likenessOf(
  float: readonly LogitAnswer[],
  found: readonly LogitAnswer[],
  truths: readonly number[],
): Likeness {
  const power = { signal: 0, noise: 0 };
  float.forEach(({ logits }, photo) => {
    const expected = aroundMean(logits);
    const own = aroundMean(found[photo]?.logits ?? new Float64Array(logits.length));
    expected.forEach((value, label) => {
      power.signal += value * value;
      power.noise += (value - (own[label] ?? 0)) ** 2;
    });
  });
  return {
    correct: found.filter(({ label }, photo) => label === truths[photo]).length,
    agreeing: found.filter(({ label }, photo) => label === float[photo]?.label).length,
    signalToNoise: signalToNoise(power),
  };
}

function aroundMean(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
