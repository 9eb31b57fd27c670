import type { BackboneTrials } from '@shared/domain/backbone-trials';

/** Lite2 is heavier, and clearly better. */
export const fakeBackboneTrials: BackboneTrials = {
  at: '2026-01-02T03:04:05.000Z',
  engine: 'tfjs',
  runtime: 'Fake runtime 1.0',
  threads: 1,
  photos: 100,
  of: 240,
  folds: 5,
  chosen: 'lite0',
  trials: [
    {
      name: 'lite0',
      title: 'Lite0',
      bytes: 6_700_000,
      multiplyAdds: 385_000_000,
      latencyMs: { p50: 20, p95: 25, runs: 20 },
      accuracy: { mean: 0.8, interval: { low: 0.7, high: 0.9 } },
      gain: { mean: 0, interval: { low: 0, high: 0 } },
    },
    {
      name: 'lite2',
      title: 'Lite2',
      bytes: 9_600_000,
      multiplyAdds: 820_000_000,
      latencyMs: { p50: 41.5, p95: 47, runs: 20 },
      accuracy: { mean: 0.9, interval: { low: 0.82, high: 0.95 } },
      gain: { mean: 0.1, interval: { low: 0.02, high: 0.18 } },
    },
  ],
};
