import type { HandlersOf } from '@shared/api/contract';
import type { correctionsApi } from '@shared/api/corrections-api';
import type { Correction } from '@shared/domain/correction';

export interface FakeCorrections {
  /** The newest first. */
  all: Correction[];
  /** What was accepted, as it was asked for. */
  accepted: { id: string; labelId?: number | undefined }[];
  handlers: HandlersOf<typeof correctionsApi>;
}

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

/** The inbox as the program keeps it, in memory. */
export function createFakeCorrections(changed: () => void): FakeCorrections {
  const of = (state: Correction['state']) => fake.all.filter((one) => one.state === state);
  function decide(ids: readonly string[], state: Correction['state']) {
    fake.all = fake.all.map((one) => (ids.includes(one.id) ? { ...one, state } : one));
    changed();
    return { sentence: `${ids.length} are ${state}` };
  }
  const fake: FakeCorrections = {
    all: [],
    accepted: [],
    handlers: {
      'corrections.list': ({ state, offset, limit }) => ({
        corrections: of(state).slice(offset, offset + limit),
        counts: {
          new: of('new').length,
          accepted: of('accepted').length,
          dismissed: of('dismissed').length,
        },
      }),
      'corrections.accept': ({ items }) => {
        fake.accepted.push(...items);
        return {
          ...decide(
            items.map(({ id }) => id),
            'accepted',
          ),
          edited: true,
        };
      },
      'corrections.dismiss': ({ ids }) => decide(ids, 'dismissed'),
      'corrections.restore': ({ ids }) => decide(ids, 'new'),
      'corrections.readPhones': () => ({ sentence: 'Taking corrections.', jobIds: [] }),
    },
  };
  return fake;
}
