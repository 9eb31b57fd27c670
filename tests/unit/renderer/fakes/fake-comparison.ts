import type { Comparison, ModelResult, PhotoAnswer } from '@shared/domain/comparison';
import { compareToFirst, scoreAnswers } from '@shared/domain/comparison-math';
import type { Model } from '@shared/domain/model';
import { verdict } from '@shared/domain/verdict';
import { createFakeModel } from '../../../fakes/fake-model';

export const fakeLabelNames = ['banana', 'hat'] as const;

/** A photo of label `truth` with each model's probability of "banana". */
export function fakeAnswer(
  photoId: number,
  truth: number,
  first: number,
  second: number,
): PhotoAnswer {
  return {
    photoId,
    truth,
    probabilities: [
      [first, 1 - first],
      [second, 1 - second],
    ],
  };
}

/** Photo 1 and 4 are lost, 2 is gained, 3 and 5 keep their answer. */
export const fakeAnswers: PhotoAnswer[] = [
  fakeAnswer(1, 0, 0.6, 0.4),
  fakeAnswer(2, 0, 0.3, 0.8),
  fakeAnswer(3, 0, 0.9, 0.85),
  fakeAnswer(4, 1, 0.1, 0.95),
  fakeAnswer(5, 1, 0.2, 0.1),
];

/** A float model and the int8 model made from it, newest first. */
export const fakePair: Model[] = [
  createFakeModel({
    id: 'model-2',
    name: 'Lite0 int8',
    precision: 'int8',
    io: 'uint8',
    bytes: 1000,
    parentId: 'model-1',
  }),
  createFakeModel(),
];

export function createFakeComparison(
  answers: readonly PhotoAnswer[] = fakeAnswers,
  changes: Partial<Comparison> = {},
): Comparison {
  const models = [...fakePair].reverse().map(
    (model, index): ModelResult => ({
      modelId: model.id,
      name: model.name,
      precision: model.precision,
      io: model.io,
      bytes: model.bytes,
      ...scoreAnswers(fakeLabelNames, answers, index),
      latencyMs: { p50: 40 - 20 * index, p95: 60, runs: 50, warmupRuns: 5, threads: 1 },
      loadMs: 12,
      provenance: model.provenance,
    }),
  );
  const comparison: Comparison = {
    id: 'comparison-1',
    createdAt: '2026-01-02T03:04:05.000Z',
    split: 'test',
    labels: [...fakeLabelNames],
    models,
    differences: [compareToFirst(models, answers, 1, (photoId) => `photo-${photoId}.jpg`)],
    answers: [...answers],
    verdict: '',
    skipped: [],
    generated: false,
    ...changes,
  };
  return { ...comparison, verdict: verdict(comparison) };
}
