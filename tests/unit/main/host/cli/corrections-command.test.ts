import type { Handlers } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import type { Correction } from '@shared/domain/correction';
import { describe, expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeStudio } from '../../../../fakes/fake-studio';
import { fakeCorrection } from '../../../../fakes/fake-correction';

const hat = { id: 2, name: 'hat', color: '#ffd43b', position: 0 };
const summary = {
  total: 1,
  labeled: 1,
  unlabeled: 0,
  excluded: 0,
  missing: 0,
  conflicts: 0,
  labels: [{ ...hat, count: 1, train: 1, validation: 0, test: 0 }],
  splits: { train: 1, validation: 0, test: 0 },
  ratio: { train: 0.7, validation: 0.15, test: 0.15 },
  savedFilters: [],
};

function studio(all: Correction[] = [3, 2, 1].map((number) => fakeCorrection(number))) {
  const asked: unknown[] = [];
  const note = (name: string, sentence: string) => (input: object) => {
    asked.push([name, input]);
    return { sentence, edited: true, ids: [], jobIds: [], bytes: 0 };
  };
  const handlers: Partial<Handlers> = {
    'dataset.summary': () => summary,
    'corrections.list': ({ state, offset, limit }) => ({
      corrections: all.filter((one) => one.state === state).slice(offset, offset + limit),
      counts: { new: all.length, accepted: 4, dismissed: 5 },
    }),
    'corrections.readPhones': note('read', 'Taking corrections from Pixel 8.'),
    'jobs.list': () => {
      asked.push(['jobs']);
      return { jobs: [] };
    },
    'corrections.accept': note('accept', 'Took in 2 photos as corrected.'),
    'corrections.dismiss': note('dismiss', 'Dismissed 1 correction.'),
    'corrections.forgetDismissed': note('forget', 'Forgot 5 corrections.'),
  };
  const run = (...args: string[]) =>
    runFakeCli(createFakeStudio({ handlers }), ['corrections', 'things', ...args]);
  return { asked, run };
}

describe('corrections', () => {
  it('lists what came, with what model and person said, and what can’t be taken as said', async () => {
    const unknown = { said: 'kiwi', labelId: undefined };
    const { run, asked } = studio([
      fakeCorrection(2, { ...unknown, answered: { label: 'banana' } }),
      fakeCorrection(1, { answered: undefined, said: undefined, labelId: undefined }),
    ]);
    const { code, stdout } = await run();
    expect(code).toBe(0);
    expect(stdout).toMatch(/2 {2}banana +kiwi \(no such label\) +Pixel 8 +2026-01-02 03:04/);
    expect(stdout).toMatch(/1 {2}collected +only that it is wrong/);
    expect(stdout).toContain('2 new, 4 accepted, 5 dismissed.');
    expect(stdout).toContain('2 corrections can’t be accepted as said');
    expect(asked).toEqual([]);
  });

  it('says so when there are none', async () => {
    const { run } = studio([]);
    expect((await run('--state', 'dismissed')).stdout).toBe(
      'No corrections are dismissed: 0 new, 4 accepted, 5 dismissed.\n',
    );
  });

  it('accepts and dismisses those that are named, however they are', async () => {
    const { run, asked } = studio();
    const { stdout } = await run('--accept', '3', 'correction-2', '--dismiss', '1,7', '--json');
    expect(asked).toEqual([
      ['accept', { items: [{ id: 'correction-3' }, { id: 'correction-2' }] }],
      ['dismiss', { ids: ['correction-1', 'correction-7'] }],
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      did: ['Took in 2 photos as corrected.', 'Dismissed 1 correction.'],
      counts: { new: 3, accepted: 4, dismissed: 5 },
      corrections: [{ id: 'correction-3' }, { id: 'correction-2' }, { id: 'correction-1' }],
    });
  });

  it('accepts all whose label the project has, 200 at a time', async () => {
    const many = Array.from({ length: 1250 }, (_, index) => fakeCorrection(index + 1));
    const { run, asked } = studio([fakeCorrection(9999, { labelId: undefined }), ...many]);
    await run('--accept-all');
    const items = asked.map((each) => (each as [string, { items: object[] }])[1].items);
    expect(items.map(({ length }) => length)).toEqual([200, 200, 200, 200, 200, 200, 50]);
    expect(items.flat()).not.toContainEqual({ id: 'correction-9999' });
  });

  it('accepts as another label of the project', async () => {
    const { run, asked } = studio();
    await run('--accept', '3', '--as', 'hat');
    expect(asked).toEqual([['accept', { items: [{ id: 'correction-3', labelId: 2 }] }]]);
    const unknown = await run('--accept', '3', '--as', 'kiwi');
    expect(unknown.stderr).toContain('The project has no label kiwi. — It has hat.');
  });

  it('takes what is on phones first when asked to, and waits for it', async () => {
    const { run, asked } = studio();
    const { stdout } = await run('--read-phones', '--accept', '1');
    expect(asked.map((each) => (each as [string])[0])).toEqual(['read', 'jobs', 'accept']);
    expect(stdout).toContain('Taking corrections from Pixel 8.\nTook in 2 photos');
  });

  it('forgets what was dismissed', async () => {
    const { run, asked } = studio();
    expect((await run('--forget-dismissed')).stdout).toContain('Forgot 5 corrections.');
    expect(asked).toEqual([['forget', {}]]);
  });

  it.each([
    [['--accept', 'x'], 'A correction is a number'],
    [['--accept', '1', '--dismiss', '1'], 'correction-1 is to be accepted and dismissed.'],
    [['--accept', '1', '--accept-all'], 'cannot be used with'],
    [['--as', 'hat'], 'Name it with --accept.'],
    [['--state', 'lost'], 'Allowed choices are new, accepted, dismissed'],
  ])('%j is refused: %s', async (args, said) => {
    const { run, asked } = studio();
    const { code, stderr } = await run(...args);
    expect(code).not.toBe(0);
    expect(stderr).toContain(said);
    expect(asked).toEqual([]);
  });

  it('tells what the program refuses', async () => {
    const app = createFakeStudio({
      handlers: {
        'corrections.dismiss': () => {
          throw new AppError('not-found', 'There is no correction-9 in the inbox.');
        },
      },
    });
    const run = await runFakeCli(app, ['corrections', 'things', '--dismiss', '9']);
    expect(run.stderr).toContain('There is no correction-9 in the inbox.');
  });
});
