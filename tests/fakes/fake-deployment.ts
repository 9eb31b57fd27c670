import { companionTarget, type Deployment } from '@shared/domain/deployment';
import { pixel } from './fake-phone';

/** The int8 model of a fake pair on a Pixel, answered as on the desktop. */
export function createFakeDeployment(changes: Partial<Deployment> = {}): Deployment {
  return {
    id: 'push-1',
    deviceId: pixel.id,
    deviceName: pixel.name,
    target: companionTarget,
    models: [
      {
        modelId: 'model-2',
        name: 'Lite0 int8',
        precision: 'int8',
        sha256: 'b'.repeat(64),
        bytes: 1000,
      },
    ],
    at: '2026-03-01T10:00:00.000Z',
    by: 'ada',
    state: 'checked',
    check: {
      at: '2026-03-01T10:00:02.000Z',
      photos: 6,
      bound: 0.05,
      outcomes: [
        {
          modelId: 'model-2',
          outcome: 'same',
          largestDifference: 0.004,
          sameAnswers: 6,
          mistakes: [],
          runtime: 'LiteRT, CPU',
          latencyMs: { p50: 12, p95: 15 },
        },
      ],
    },
    ...changes,
  };
}
