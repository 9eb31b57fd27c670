import {
  type CompanionGolden,
  companionProtocol,
  type CompanionRequest,
  type CompanionResult,
} from '../../shared/domain/companion-protocol';
import { percentile } from '../../shared/domain/statistics';
import type { SquarePixels } from '../photo/model-pixels';
import { texts } from '../texts';
import type { GoldenState } from '../messages';
import { hashOf, type ReadyModel } from './ready-model';
import type { StudioFiles } from './studio-files';

export interface PhotoParts {
  files: StudioFiles;
  readSquare(photo: Blob, cropFraction: number): Promise<SquarePixels>;
}

interface AskedPhoto {
  file: string;
  sha256: string;
}

/** @throws with a sentence when the photo is not there, is another one, or can't be read. */
export async function readAsked(
  { contract }: ReadyModel,
  asked: AskedPhoto,
  { files, readSquare }: PhotoParts,
): Promise<SquarePixels> {
  const bytes = await files.read(asked.file);
  if (!bytes) throw new Error(texts.photo.missing);
  if (hashOf(bytes) !== asked.sha256) throw new Error(texts.photo.hash);
  return readSquare(new Blob([bytes]), contract.preprocessing.cropFraction);
}

/** Holds this page's answers to golden photos against the desktop's. */
export async function checkGolden(
  model: ReadyModel,
  golden: CompanionGolden,
  parts: PhotoParts,
): Promise<GoldenState> {
  let largest = 0;
  for (const photo of golden.photos) {
    const { probabilities } = await model.answer(await readAsked(model, photo, parts));
    if (probabilities.length !== photo.expected.length) largest = 1;
    photo.expected.forEach((expected, index) => {
      largest = Math.max(largest, Math.abs(expected - (probabilities[index] ?? 0)));
    });
  }
  return {
    state: largest <= golden.bound ? 'same' : 'different',
    photos: golden.photos.length,
    largestDifference: largest,
    bound: golden.bound,
    mistakes: [],
  };
}

/**
 * The answers that a request asks for, by WebAssembly: it answers all precisions, so that they can be compared.
 * @param open gives a model by its hash, or throws.
 */
export async function answerRequest(
  request: CompanionRequest,
  parts: PhotoParts & {
    open(sha256: string): Promise<ReadyModel>;
    runtime: string;
    now(): Date;
  },
): Promise<CompanionResult> {
  const runs: CompanionResult['runs'] = [];
  for (const sha256 of request.models) {
    const times: number[] = [];
    const answers: CompanionResult['runs'][number]['answers'] = [];
    let problem: string | undefined;
    try {
      const model = await parts.open(sha256);
      for (const photo of request.photos) {
        try {
          const square = await readAsked(model, photo, parts);
          const { probabilities, inferenceMs } = await model.answerByWasm(square);
          times.push(inferenceMs);
          answers.push({ photo: photo.sha256, probabilities });
        } catch (error) {
          answers.push({ photo: photo.sha256, problem: sentenceOf(error) });
        }
      }
    } catch (error) {
      problem = sentenceOf(error);
    }
    const latencyMs =
      times.length === 0
        ? { p50: 0, p95: 0 }
        : { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
    runs.push({
      model: sha256,
      runtime: parts.runtime,
      delegate: 'CPU',
      latencyMs,
      answers,
      ...(problem === undefined ? {} : { problem }),
    });
  }
  return {
    protocol: companionProtocol,
    id: request.id,
    at: parts.now().toISOString(),
    runs,
  };
}

export const sentenceOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error);
