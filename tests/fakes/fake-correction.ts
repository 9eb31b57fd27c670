import type { Correction } from '@shared/domain/correction';

/** One of a Pixel 8: a model took it for a banana, a person for a hat. */
export function fakeCorrection(number: number, change: Partial<Correction> = {}): Correction {
  return {
    id: `correction-${number}`,
    state: 'new',
    sha256: String(number).padStart(64, '0'),
    fileName: `shot-${number}.jpg`,
    bytes: 48_213,
    width: 640,
    height: 480,
    answered: { label: 'banana', probability: 0.87 },
    said: 'hat',
    labelId: 2,
    model: { sha256: 'a'.repeat(64), name: 'Float' },
    device: { id: 'android:SIM', name: 'Pixel 8' },
    at: '2026-01-02T03:04:05.000Z',
    receivedAt: '2026-01-02T03:04:06.000Z',
    ...change,
  };
}
