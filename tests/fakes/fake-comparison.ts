import type { Comparison } from '@shared/domain/comparison';

const at = '2026-01-01T00:00:00.000Z';
const provenance = { kind: 'measured' as const, on: '4 test photos', by: 'LiteRT', at };

/** model-2 (int8) against model-1: one of four answers was lost. */
export function createFakeComparison(changes: Partial<Comparison> = {}): Comparison {
  const result = (modelId: string, precision: 'float32' | 'int8', correct: number) => ({
    modelId,
    name: modelId,
    precision,
    io: 'float32' as const,
    bytes: precision === 'int8' ? 1_000_000 : 4_000_000,
    correct,
    total: 4,
    top1: correct / 4,
    top1Interval: { low: 0.3, high: 1 },
    classes: [],
    confusion: [
      [2, 0],
      [4 - correct, correct - 2],
    ],
    latencyMs: { p50: 9.5, p95: 12, runs: 50, warmupRuns: 5, threads: 1 },
    loadMs: 20,
    provenance,
  });
  return {
    id: 'comparison-1',
    createdAt: at,
    split: 'test',
    labels: ['banana', 'truck'],
    models: [result('model-1', 'float32', 4), result('model-2', 'int8', 3)],
    differences: [
      {
        firstId: 'model-1',
        secondId: 'model-2',
        top1: -0.25,
        interval: { low: -0.6, high: 0.1 },
        lost: 1,
        gained: 0,
        pValue: 1,
        agreement: 0.75,
        sizeRatio: 4,
        speedRatio: 1.5,
        flips: [
          {
            photoId: 7,
            fileName: 'truck.jpg',
            truth: 1,
            first: { answer: 1, probability: 0.9 },
            second: { answer: 0, probability: 0.6 },
            kind: 'lost',
            lostConfidence: 0.5,
          },
        ],
      },
    ],
    answers: [],
    verdict: 'int8 is 4.0× smaller; it loses 1 of 4 test photos, which is within chance.',
    skipped: [],
    generated: false,
    ...changes,
  };
}
