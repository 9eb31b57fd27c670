import type { Backbone } from '@shared/domain/backbone';

/** A base as `bases.open` leaves one. */
export const fakeOpenedBase = {
  name: 'graph-28d2cb2a',
  title: 'graph',
  file: 'graph-28d2cb2a.tflite',
  bytes: 852_800,
  sha256: 'b'.repeat(64),
  inputSize: 224,
  featureWidth: 256,
  mean: [127.5, 127.5, 127.5],
  std: [127.5, 127.5, 127.5],
  cropFraction: 1,
  trainedOn: '',
  license: '',
  copyright: '',
  opened: {
    fileName: 'graph.lite',
    sha256: 'd'.repeat(64),
    license: '',
    at: '2026-01-02T03:04:05.000Z',
    runtime: 'LiteRT',
    changes: [
      { pass: 'cut-features', description: 'Cut at pool, 256 features; left off: SOFTMAX' },
    ],
    proof: { pictures: 6, of: 'photos', largestDifference: 0.0000012 },
  },
} satisfies Backbone;
