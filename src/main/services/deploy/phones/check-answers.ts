import { topAnswer } from '../../../../shared/domain/comparison-math';
import type {
  CompanionGolden,
  CompanionResult,
} from '../../../../shared/domain/companion-protocol';
import type { GoldenOutcome } from '../../../../shared/domain/deployment';
import type { ModelId } from '../../../../shared/domain/model';
import type { PreprocessingMistake } from '../../../../shared/domain/preprocessing-check';

type Outcome = Omit<GoldenOutcome, 'mistakes'>;

/** Holds the phone's answers of one model against the desktop's. */
export function compareAnswers(
  modelId: ModelId,
  golden: CompanionGolden,
  result: CompanionResult,
): { outcome: Outcome; answers?: number[][] } {
  const run = result.runs.find(({ model }) => model === golden.sha256);
  const failed = (problem: string) => ({
    outcome: { modelId, outcome: 'failed' as const, problem },
  });
  if (!run) return failed('The app has no answers for this model.');
  if (run.problem !== undefined) return failed(run.problem);
  const answers: number[][] = [];
  for (const { sha256, expected } of golden.photos) {
    const answer = run.answers.find(({ photo }) => photo === sha256);
    if (answer?.probabilities?.length !== expected.length) {
      return failed(answer?.problem ?? 'The app left a golden photo without an answer.');
    }
    answers.push(answer.probabilities);
  }
  const differences = golden.photos.map(({ expected }, row) =>
    largestDifference(expected, answers[row] ?? []),
  );
  const largest = Math.max(...differences);
  return {
    answers,
    outcome: {
      modelId,
      outcome: largest <= golden.bound ? 'same' : 'different',
      largestDifference: largest,
      sameAnswers: golden.photos.filter(
        ({ expected }, row) => topAnswer(expected) === topAnswer(answers[row] ?? []),
      ).length,
      runtime: [run.runtime, run.delegate].filter(Boolean).join(', '),
      latencyMs: run.latencyMs,
    },
  };
}

export interface MistakenAnswers {
  mistake: PreprocessingMistake;
  /** Row-major [photos, labels]. */
  probabilities: Float32Array;
}

/** Of what the mistake changes: mistakes that are worse than the best one by more are not named. */
const asGood = 0.1;

/**
 * Which mistakes give the phone's answers: those that come closest, if they come much closer than
 * answers without a mistake do.
 * @param answers of the phone, one row a golden photo.
 * @param right row-major [photos, labels], without a mistake.
 */
export function nameMistakes(
  answers: readonly (readonly number[])[],
  right: Float32Array,
  mistakes: readonly MistakenAnswers[],
): PreprocessingMistake[] {
  const distances = mistakes
    .map(({ mistake, probabilities }) => ({
      mistake,
      distance: meanDifference(answers, probabilities),
    }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = distances;
  const change = meanDifference(answers, right);
  if (!best || best.distance > change / 3) return [];
  return distances
    .filter(({ distance }) => distance <= best.distance + asGood * change)
    .map(({ mistake }) => mistake);
}

function meanDifference(answers: readonly (readonly number[])[], rows: Float32Array): number {
  const flat = answers.flat();
  const sum = flat.reduce((total, value, index) => total + Math.abs(value - (rows[index] ?? 0)), 0);
  return sum / Math.max(1, flat.length);
}

function largestDifference(expected: readonly number[], answer: readonly number[]): number {
  return Math.max(...expected.map((value, index) => Math.abs(value - (answer[index] ?? 0))));
}
