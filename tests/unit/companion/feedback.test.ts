import { createHash } from 'node:crypto';
import { type Correction, type Posted, postCorrection } from '@companion/feedback/feedback-post';
import { createOutbox, mostKept, type OutboxStore } from '@companion/feedback/outbox';
import { writeCorrection } from '@companion/feedback/write-correction';
import { companionFeedbackSchema } from '@shared/domain/companion-protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';

const jpeg = new Blob(['a photo'], { type: 'image/jpeg' });
const hash = createHash('sha256').update('a photo').digest('hex');
const at = new Date('2026-03-01T10:00:00.000Z');
const model = 'b'.repeat(64);
const answer = {
  sha256: model,
  labels: ['cup', 'plate', 'fork'],
  probabilities: [0.1, 0.7, 0.2],
  inferenceMs: 1,
  totalMs: 2,
};

describe('what is sent', () => {
  it('names the photo by its hash, what the model said and what the person said', async () => {
    const { photo, message } = await writeCorrection(jpeg, { label: 'fork', answer, at });
    expect(photo).toBe(jpeg);
    expect(companionFeedbackSchema.parse(message)).toEqual({
      protocol: { major: 1, minor: 0 },
      photo: { file: `feedback/${hash}.jpg`, sha256: hash },
      at: at.toISOString(),
      model,
      answered: 'plate',
      probability: 0.7,
      label: 'fork',
    });
  });

  it('has no label when it is none of these, and no model when it was collected', async () => {
    const none = await writeCorrection(jpeg, { label: undefined, answer, at });
    expect(none.message).not.toHaveProperty('label');
    expect(none.message.answered).toBe('plate');
    const collected = await writeCorrection(jpeg, { label: 'cup', at });
    expect(collected.message).toMatchObject({ label: 'cup' });
    expect(collected.message).not.toHaveProperty('model');
    expect(collected.message).not.toHaveProperty('answered');
  });

  it('keeps rounding of a model’s output within what a probability can be', async () => {
    const over = { ...answer, probabilities: [0, 1.0000001, 0] };
    const { message } = await writeCorrection(jpeg, { label: 'cup', answer: over, at });
    expect(companionFeedbackSchema.parse(message).probability).toBe(1);
  });
});

describe('sending', () => {
  afterEach(() => void vi.unstubAllGlobals());

  async function post(...answers: (Response | Error)[]) {
    const paths: string[] = [];
    vi.stubGlobal('fetch', (path: string) => {
      paths.push(path);
      const next = answers.shift();
      return next instanceof Response ? Promise.resolve(next) : Promise.reject(next ?? Error());
    });
    const correction = await writeCorrection(jpeg, { label: 'fork', answer, at });
    return { posted: await postCorrection(correction), paths };
  }
  const ok = () => new Response(null, { status: 204 });
  const no = (status: number, code: string) =>
    Response.json({ code, message: 'No.', remedy: 'Do this.' }, { status });
  const photoPath = `/feedback/${hash}.jpg`;

  it('has the photo go before its message', async () => {
    expect(await post(ok(), ok())).toEqual({
      posted: { outcome: 'sent' },
      paths: [photoPath, '/feedback'],
    });
  });

  it('sends the photo again when the studio took it away in between', async () => {
    const { posted, paths } = await post(ok(), no(409, 'not-ready'), ok(), ok());
    expect(posted).toEqual({ outcome: 'sent' });
    expect(paths).toEqual([photoPath, '/feedback', photoPath, '/feedback']);
  });

  it.each([
    [413, 'upload-refused', 'refused'],
    [400, 'bad-request', 'refused'],
    [409, 'photo-unreadable', 'refused'],
    [429, 'too-many', 'later'],
    [403, 'forbidden', 'later'],
    [507, 'no-space', 'later'],
  ])('of %i %s is: %s, with the reason', async (status, code, outcome) => {
    const { posted, paths } = await post(no(status, code));
    expect(posted).toEqual({ outcome, reason: 'No. Do this.' });
    expect(paths).toEqual([photoPath]);
  });

  it('is for later when the studio is not there', async () => {
    expect((await post(new TypeError('Failed to fetch'))).posted).toEqual({ outcome: 'later' });
  });
});

describe('the outbox', () => {
  function open(answers: Posted[] = [], store: OutboxStore = memory()) {
    const heard: string[] = [];
    let again: (() => void) | undefined;
    const outbox = createOutbox({
      store,
      post: async ({ message }) => {
        heard.push(`post ${message.label}`);
        return answers.shift() ?? { outcome: 'sent' };
      },
      onSent: ({ message }) => void heard.push(`sent ${message.label}`),
      onRefused: ({ message }, reason) => void heard.push(`refused ${message.label}: ${reason}`),
      onState: ({ waiting, reason }) =>
        void heard.push(`waiting ${waiting} ${reason ?? ''}`.trim()),
      schedule: (work) => void (again = work),
    });
    const add = async (label: string) => outbox.add(await writeCorrection(jpeg, { label, at }));
    return { outbox, store, heard, add, later: () => again?.() };
  }

  it('keeps what the studio can’t take now, and sends all in order once it is there', async () => {
    const { outbox, store, heard, add } = open([{ outcome: 'later' }, { outcome: 'later' }]);
    await add('cup');
    await add('fork');
    expect(heard).toEqual(['post cup', 'waiting 1', 'post cup', 'waiting 2']);
    heard.length = 0;
    await outbox.flush();
    expect(heard).toEqual(['post cup', 'sent cup', 'post fork', 'sent fork', 'waiting 0']);
    expect(await store.all()).toEqual([]);
  });

  it('tries again by itself, and says what the studio said', async () => {
    const { heard, add, later, store } = open([{ outcome: 'later', reason: 'Too many wait.' }]);
    await add('cup');
    expect(heard).toContain('waiting 1 Too many wait.');
    later();
    await vi.waitFor(() => expect(heard.at(-1)).toBe('waiting 0'));
    expect(await store.all()).toEqual([]);
  });

  it('keeps none that is refused for good, and goes on with the next', async () => {
    const { heard, add, outbox } = open([
      { outcome: 'later' },
      { outcome: 'later' },
      { outcome: 'refused', reason: 'No photo.' },
    ]);
    await add('cup');
    await add('fork');
    heard.length = 0;
    await outbox.flush();
    expect(heard).toEqual([
      'post cup',
      'refused cup: No photo.',
      'post fork',
      'sent fork',
      'waiting 0',
    ]);
  });

  it('posts nothing twice when it is told twice that the studio is there', async () => {
    const { heard, add, outbox } = open([{ outcome: 'later' }]);
    await add('cup');
    heard.length = 0;
    await Promise.all([outbox.flush(), outbox.flush()]);
    expect(heard.filter((each) => each === 'post cup')).toHaveLength(1);
  });

  it('sends at once what the phone can’t keep, and says so when it can’t be sent either', async () => {
    const broken = { ...memory(), put: () => Promise.reject(new Error('private window')) };
    const { heard, add } = open([{ outcome: 'sent' }, { outcome: 'later' }], broken);
    await add('cup');
    expect(heard).toEqual(['post cup', 'sent cup']);
    await expect(add('fork')).rejects.toThrow('neither kept nor sent');
  });

  it('keeps so many and no more', async () => {
    const store = memory();
    const one = await writeCorrection(jpeg, { label: 'cup', at });
    for (let number = 0; number < mostKept; number++) await store.put(one);
    const { add } = open([{ outcome: 'later' }], store);
    await expect(add('fork')).rejects.toThrow('neither kept nor sent');
    expect(await store.all()).toHaveLength(mostKept);
  });
});

function memory(): OutboxStore {
  const kept = new Map<number, Correction>();
  let next = 1;
  return {
    all: async () => [...kept].map(([key, correction]) => ({ key, correction })),
    async put(correction) {
      kept.set(next, correction);
      return next++;
    },
    remove: async (key) => void kept.delete(key),
  };
}
