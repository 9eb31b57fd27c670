import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIosTransport } from '@main/platform/devices/ios/ios-transport';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasIosLibrary } from '../fakes/iphone/real-libimobiledevice';
import {
  hashOf,
  held,
  iosTransports,
  leftovers,
  newModel,
  place,
  source,
  unhurried,
} from '../fixtures/ios-transports';
import { bundleId } from '../fixtures/iphones';
import { temporaryFolder } from '../fixtures/temporary-folder';

const { start, withOldModel, processFile } = iosTransports();

describe.skipIf(!hasIosLibrary())('an iPhone, through libimobiledevice', () => {
  it('is found, says who it is, and tells whether an app takes files', async () => {
    const { transport, id } = await start({
      name: 'Ben’s iPhone',
      osVersion: '18.1',
      apps: [
        { bundleId, fileSharing: true },
        { bundleId: 'com.example.closed', fileSharing: false },
      ],
    });
    expect(await transport.list()).toEqual([
      {
        id,
        platform: 'ios',
        state: 'ready',
        name: 'Ben’s iPhone',
        maker: 'Apple',
        model: 'iPhone15,4',
        osVersion: '18.1',
        connection: 'usb',
      },
    ]);
    expect(await transport.tool()).toMatchObject({ state: 'ready' });
    expect(await transport.appPresence(id, bundleId)).toBe('ready');
    expect(await transport.appPresence(id, 'com.example.closed')).toBe('sharing-off');
    expect(await transport.appPresence(id, 'no.such.app')).toBe('missing');
  });

  it('takes a file whole, in folders that were not there, and gives it back', async () => {
    const { transport, id, phone } = await start();
    const folder = await transport.openFolder(id, place);
    onTestFinished(() => folder.close());
    const path = join(temporaryFolder(), 'model.tflite');
    writeFileSync(path, newModel);
    const sha256 = hashOf(newModel);
    const seen: number[] = [];
    await folder.put(
      'golden/model.tflite',
      { path, bytes: newModel.length, sha256 },
      { ...unhurried, onProgress: (bytes) => seen.push(bytes) },
    );
    expect(held(phone, 'golden/model.tflite')).toBe(hashOf(newModel));
    expect(seen.at(-1)).toBe(newModel.length);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(await folder.hash('golden/model.tflite')).toBe(sha256);
    expect(await folder.list('golden')).toMatchObject([
      { name: 'model.tflite', bytes: newModel.length, isFolder: false },
    ]);
    expect(await folder.list()).toMatchObject([{ name: 'golden', isFolder: true }]);
    await folder.pull('golden/model.tflite', `${path}.back`, unhurried);
    expect(hashOf(readFileSync(`${path}.back`))).toBe(sha256);
    expect(await folder.freeBytes()).toBe((1 << 30) - newModel.length);
    await folder.put('small.json', source(Buffer.from('{}')), unhurried);
    expect(Buffer.from((await folder.read('small.json')) ?? []).toString()).toBe('{}');
    await folder.remove('small.json');
    expect(await folder.read('small.json')).toBeUndefined();
    expect(await folder.hash('small.json')).toBeUndefined();
    await folder.remove('small.json');
    await expect(folder.pull('small.json', path, unhurried)).rejects.toMatchObject({
      code: 'not-found',
    });
    // With the keys that also work while the screen is locked.
    expect(phone.escrowed.at(-1)).toBe(true);
  });

  it('shows its pictures', async () => {
    const { transport, id, phone } = await start();
    const picture = randomBytes(50_000);
    writeFileSync(join(phone.folder, 'Media/DCIM/100APPLE/IMG_0001.HEIC'), picture);
    const photos = await transport.openPhotos(id);
    onTestFinished(() => photos.close());
    expect(await photos.list('100APPLE')).toMatchObject([{ name: 'IMG_0001.HEIC', bytes: 50_000 }]);
    const to = join(temporaryFolder(), 'x.heic');
    await photos.pull('100APPLE/IMG_0001.HEIC', to, unhurried);
    expect(readFileSync(to)).toEqual(picture);
  });

  it('replaces a file also where a rename onto it is refused', async () => {
    const { folder, phone } = await withOldModel();
    phone.keepsExisting = true;
    await folder.put('manifest.json', source(newModel), unhurried);
    expect(held(phone)).toBe(hashOf(newModel));
    expect(leftovers(phone)).toEqual([]);
  });
});

describe('without what iPhones need', () => {
  const transportWith = (environment: Record<string, string>) => {
    const transport = createIosTransport({
      processFile: processFile(),
      platform: 'linux',
      environment: { ...process.env, ...environment },
      pollMs: 50,
    });
    onTestFinished(() => transport.dispose());
    return transport;
  };

  it('no library: there are no phones, and the tool says what to install', async () => {
    const transport = transportWith({ POCKETLENS_IMOBILEDEVICE: '/nowhere' });
    expect(await transport.list()).toEqual([]);
    expect(await transport.tool()).toMatchObject({
      state: 'missing',
      problem: expect.stringContaining('libimobiledevice'),
      remedy: expect.stringContaining('sudo apt install'),
    });
  });

  it.skipIf(!hasIosLibrary())(
    'no usbmuxd where USBMUXD_SOCKET_ADDRESS says: the tool names the address, not what to install',
    async () => {
      const transport = transportWith({ USBMUXD_SOCKET_ADDRESS: '127.0.0.1:9' });
      expect(await transport.list()).toEqual([]);
      expect(await transport.tool()).toMatchObject({
        state: 'failed',
        problem: expect.stringContaining('at 127.0.0.1:9, which USBMUXD_SOCKET_ADDRESS names'),
        remedy: expect.stringContaining('unset USBMUXD_SOCKET_ADDRESS'),
      });
    },
  );
});
