import type { PhoneFigures, PhoneMeasurement } from '@shared/domain/phone-measurement';

/** What a Pixel 8 answered with model-2. */
export function createFakeMeasurement(
  changes: Partial<PhoneMeasurement> = {},
  figures: Partial<PhoneFigures> = {},
): PhoneMeasurement {
  const at = '2026-03-01T10:00:00.000Z';
  return {
    id: 'measurement-1',
    deviceId: 'android:SIM',
    deviceName: 'Google Pixel 8',
    at,
    versionId: 'version-1',
    photos: 60,
    models: [
      {
        modelId: 'model-2',
        name: 'Lite0 int8',
        precision: 'int8',
        total: 58,
        unanswered: 2,
        correct: 55,
        top1: 55 / 58,
        top1Interval: { low: 0.86, high: 0.98 },
        sameAsDesktop: 57,
        correctOnDesktop: 56,
        largestDifference: 0.041,
        latencyMs: { p50: 11.4, p95: 17.9 },
        memoryBytes: 123_000_000,
        temperatureCelsius: 33.5,
        thermalState: 'serious',
        provenance: {
          kind: 'measured',
          on: '58 test photos of version-1',
          by: 'LiteRT 1.4, CPU on Google Pixel 8',
          at,
        },
        ...figures,
      },
    ],
    ...changes,
  };
}
