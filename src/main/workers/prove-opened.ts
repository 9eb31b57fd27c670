import { AppError, throwIfCancelled } from '../../shared/api/errors';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import { createClassifier } from '../engine/runtime/classifier';
import type { Runtime } from '../engine/runtime/runtime';
import type { ProofPictures } from './proof-pictures';
import type { TaskContext } from './task-context';
import type { TaskOutput } from './tasks';

interface OpenedFile {
  /** As it came, and as it was written. */
  source: Uint8Array;
  file: Uint8Array;
  /** Of the written file. */
  preprocessing: Preprocessing;
  /** Labels of the file that came, and for each answer of the written one the number of its own. */
  own: string[];
  rows: number[];
  pictures: ProofPictures;
}

/** Float answers differ by rounding alone; of 8-bit ones, fewer answers are rounded anew. */
const bounds = { float32: 1e-4, uint8: 0.05, int8: 0.05 } as const;

/**
 * Holds a file that was opened against the one that came.
 * @throws AppError 'model-unsupported' for answers that are no probabilities, 'model-broken' when the two
 * differ, 'cancelled', and what `Runtime.load` and `run` throw.
 */
export async function proveOpened(
  { source, file, preprocessing, own, rows, pictures }: OpenedFile,
  { runtime: load, signal }: Pick<TaskContext<'open-classifier'>, 'runtime' | 'signal'>,
): Promise<Pick<TaskOutput<'open-classifier'>, 'runtime' | 'proof'>> {
  const runtime = await load();
  const { of, pixels } = pictures;
  const contract = { ...preprocessing, labels: own };
  const before = await answersOf(runtime, source, contract, pixels, signal);
  for (const answer of before) requireProbabilities(answer);
  const after = await answersOf(runtime, file, preprocessing, pixels, signal);
  let largestDifference = 0;
  before.forEach((answer, picture) => {
    const chosen = rows.map((row) => answer[row] ?? 0);
    const sum = chosen.reduce((total, value) => total + value, 0);
    // Where nothing of a picture went to the answers that are kept, their shares say nothing.
    if (sum < 0.01) return;
    chosen.forEach((value, label) => {
      const share = rows.length === answer.length ? value : value / sum;
      const difference = Math.abs(share - (after[picture]?.[label] ?? Number.NaN));
      // Keeps what is no number, unlike a comparison.
      largestDifference = Math.max(largestDifference, difference);
    });
  });
  if (!(largestDifference <= bounds[preprocessing.output.type])) {
    throw new AppError(
      'model-broken',
      `The opened copy answers otherwise than the file: by up to ${largestDifference.toFixed(3)}.`,
      'This is a defect of Pocketlens Studio; export the model with the project’s labels in their order.',
    );
  }
  return { runtime: runtime.name, proof: { pictures: pixels.length, of, largestDifference } };
}

/** What a file says to pictures. */
export async function answersOf(
  runtime: Runtime,
  file: Uint8Array,
  contract: Preprocessing,
  pictures: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const model = await runtime.load(file);
  try {
    const classify = createClassifier(model, contract);
    const answers: Float32Array[] = [];
    for (const picture of pictures) {
      throwIfCancelled(signal);
      answers.push(Float32Array.from(await classify(picture)));
    }
    return answers;
  } finally {
    model.dispose();
  }
}

function requireProbabilities(answer: Float32Array): void {
  const sum = answer.reduce((total, value) => total + value, 0);
  if (Math.abs(sum - 1) < 0.05) return;
  throw new AppError(
    'model-unsupported',
    `The model’s answers are no probabilities: they sum to ${sum.toFixed(2)} for a picture.`,
    'Export it with a SOFTMAX as its last operator.',
  );
}
