import type { DeviceFolder } from '@main/platform/devices/device-transport';
import { pushFiles } from '@main/services/deploy/phones/push-files';
import type { FileToPut } from '@main/services/deploy/phones/push-plan';
import { AppError } from '@shared/api/errors';
import { describe, expect, it } from 'vitest';

const gone = (says: string) => new AppError('device-gone', says, 'Plug it in again.');
const changed = new AppError('hash-mismatch', 'Other bytes.', 'Push again.');

const ofDisk = (name: string): FileToPut => ({
  name,
  source: { path: `/photos/${name}`, bytes: 100, sha256: 'b'.repeat(64) },
});

/** Pushes two files to a phone whose puts fail with these, in order. */
function open(failures: (AppError | undefined)[], { freeBytes = 1 << 30 } = {}) {
  const did: string[] = [];
  const log: string[] = [];
  const controller = new AbortController();
  const folder: DeviceFolder = {
    freeBytes: async () => freeBytes,
    list: async () => [],
    async put(name, _, { isNew }) {
      did.push(isNew ? `${name} (new)` : name);
      const failure = failures.shift();
      if (failure) throw failure;
    },
    read: async () => undefined,
    pull: async () => undefined,
    hash: async () => undefined,
    remove: async () => undefined,
    async sweep() {
      did.push('sweep');
      return [];
    },
    close: async () => undefined,
  };
  const source = { content: new Uint8Array(10), sha256: 'a'.repeat(64) };
  const told: (number | undefined)[] = [];
  const job = {
    id: 'job-1',
    signal: controller.signal,
    progress: ({ done }: { done?: number | undefined }) => void told.push(done),
    log(sentence: string) {
      log.push(sentence);
      if (sentence.includes('trying again') && failures.length === 0) controller.abort();
    },
  };
  const push = (waits: number[] = [0, 0], before: FileToPut[] = []) => {
    const files = [...before, { name: 'a.tflite', source }, { name: 'b.tflite', source }];
    return pushFiles(folder, { files, bytes: 20 }, job, waits);
  };
  return { folder, did, log, told, push };
}

describe('a push whose connection breaks', () => {
  it('goes on with the same file once the phone is back, and sweeps what was cut', async () => {
    const { did, log, push } = open([undefined, gone('It broke.'), undefined]);
    await push();
    expect(did).toEqual(['sweep', 'a.tflite', 'b.tflite', 'sweep', 'b.tflite']);
    expect(log).toEqual(['The connection broke while b.tflite was sent; trying again.']);
  });

  it('says what broke it first when the phone stays away', async () => {
    const { did, push } = open([gone('It broke.'), gone('Not found.'), gone('Not found.')]);
    await expect(push()).rejects.toMatchObject({ message: 'It broke.' });
    expect(did.filter((what) => what === 'a.tflite')).toHaveLength(3);
  });

  it('is not tried again where a person is needed', async () => {
    const full = new AppError('no-space', 'It is full.', 'Free some space.');
    const { did, push } = open([full]);
    await expect(push()).rejects.toBe(full);
    expect(did).toEqual(['sweep', 'a.tflite']);
  });

  it('is cancelled while it waits for the phone', async () => {
    const { push } = open([gone('It broke.')]);
    await expect(push([60_000])).rejects.toMatchObject({ code: 'cancelled' });
  });
});

it('bytes that arrive changed are sent once more, and not believed twice', async () => {
  const once = open([changed, undefined, undefined]);
  await once.push();
  expect(once.did).toEqual(['sweep', 'a.tflite', 'a.tflite', 'b.tflite']);
  const twice = open([changed, changed]);
  await expect(twice.push()).rejects.toBe(changed);
});

it('what the phone holds already is not sent, and is not asked about one by one', async () => {
  const { folder, did, push, told } = open([]);
  const asked: string[][] = [];
  folder.holds = async (files) => {
    asked.push(files.map(({ name }) => name));
    return new Set(['photo.jpg']);
  };
  await push([], ['photo.jpg', 'other.jpg'].map(ofDisk));
  expect(asked).toEqual([['photo.jpg', 'other.jpg']]);
  expect(did).toEqual(['sweep', 'other.jpg (new)', 'a.tflite (new)', 'b.tflite (new)']);
  expect(told.at(-1)).toBe(220);
});

it('nothing is sent to a phone without the space for it', async () => {
  const { did, push } = open([], { freeBytes: 1 << 20 });
  await expect(push()).rejects.toMatchObject({
    code: 'no-space',
    message: 'The phone has 1.0 MB left, and the push needs 2.1 MB.',
    remedy: expect.stringContaining('Free some space'),
  });
  expect(did).toEqual(['sweep']);
});
