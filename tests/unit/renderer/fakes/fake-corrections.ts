import type { HandlersOf } from '@shared/api/contract';
import type { correctionsApi } from '@shared/api/corrections-api';
import type { Correction } from '@shared/domain/correction';

export interface FakeCorrections {
  /** The newest first. */
  all: Correction[];
  /** Those that were forgotten. */
  ended: Correction[];
  /** What was accepted, as it was asked for. */
  accepted: { id: string; labelId?: number | undefined }[];
  handlers: HandlersOf<typeof correctionsApi>;
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
    ended: [],
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
      'corrections.dismiss': ({ ids }) => {
        fake.all.push(...fake.ended.filter(({ id }) => ids.includes(id)));
        fake.ended = fake.ended.filter(({ id }) => !ids.includes(id));
        return decide(ids, 'dismissed');
      },
      'corrections.restore': ({ ids }) => decide(ids, 'new'),
      'corrections.forgetDismissed': () => {
        const ended = of('dismissed');
        fake.all = fake.all.filter((one) => one.state !== 'dismissed');
        fake.ended.push(...ended);
        changed();
        return { sentence: 'Forgot them.', ids: ended.map(({ id }) => id), bytes: 1 };
      },
      'corrections.readPhones': () => ({ sentence: 'Taking corrections.', jobIds: [] }),
    },
  };
  return fake;
}
