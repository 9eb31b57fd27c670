import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AdbServer, createAdbServer } from '@main/platform/devices/adb/adb-server';
import { createAdbTransport } from '@main/platform/devices/adb/adb-transport';
import type { AdbSurroundings } from '@main/platform/devices/adb/find-adb';
import { createBrowserPhones } from '@main/platform/devices/browser/browser-phones';
import { openDeviceHub } from '@main/platform/devices/open-device-hub';
import type { Device } from '@shared/domain/device';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeLogger } from '../fakes/fake-logger';
import { sized, startScriptedAdbServer } from '../fakes/android/scripted-adb-server';
import { temporaryFolder } from '../fixtures/temporary-folder';

/** A port that nobody listens on. */
const nobody = { ANDROID_ADB_SERVER_PORT: '9', PATH: '' };

function reach(server: AdbServer) {
  const transport = createAdbTransport({ server, pollMs: 50 });
  onTestFinished(() => transport.dispose());
  return transport;
}

const serverAt = (surroundings: Partial<AdbSurroundings>) =>
  createAdbServer({
    platform: 'linux',
    environment: nobody,
    home: temporaryFolder(),
    exists: () => false,
    ...surroundings,
  });

async function runningServer() {
  const running = await startScriptedAdbServer(() => `OKAY${sized('')}`);
  onTestFinished(() => running.dispose());
  return { ANDROID_ADB_SERVER_PORT: String(running.port), PATH: '' };
}

describe('without adb', () => {
  it('there are no phones, and the tool says what to install', async () => {
    const transport = reach(serverAt({}));
    const seen: Device[][] = [];
    const stop = transport.watch((devices) => seen.push(devices));
    expect(await transport.list()).toEqual([]);
    expect(await transport.tool()).toMatchObject({
      state: 'missing',
      problem: expect.stringContaining('not installed'),
      remedy: expect.stringContaining('apt install adb'),
    });
    stop();
    await transport.dispose();
    expect(seen).toEqual([[]]);
  });

  it('phones are reached all the same where its server runs', async () => {
    const environment = await runningServer();
    expect(await reach(serverAt({ environment })).tool()).toEqual({
      name: 'adb',
      state: 'ready',
      version: '1.0.41',
    });
  });

  it('elsewhere no server answers: that is said, not that adb is missing here', async () => {
    const environment = { ...nobody, ANDROID_ADB_SERVER_ADDRESS: 'localhost.invalid' };
    expect(await reach(serverAt({ environment })).tool()).toMatchObject({
      problem: 'No adb server answers at localhost.invalid:9.',
      remedy: expect.stringContaining('ANDROID_ADB_SERVER_ADDRESS'),
    });
  });
});

describe('an ANDROID_ADB_SERVER_PORT', () => {
  it.each(['abc', '0', '70000', '5037x', '-1'])(
    'of %s is named, with what to do',
    async (named) => {
      const environment = { PATH: '', ANDROID_ADB_SERVER_PORT: named };
      const transport = reach(serverAt({ environment }));
      expect(await transport.tool()).toMatchObject({
        name: 'adb',
        problem: `ANDROID_ADB_SERVER_PORT is “${named}”, which is no port.`,
        remedy: expect.stringContaining('unset it'),
      });
      expect(await transport.list()).toEqual([]);
    },
  );

  it('of nothing is the usual one, and an address of nothing this computer', () => {
    const empty = { ANDROID_ADB_SERVER_PORT: '', ANDROID_ADB_SERVER_ADDRESS: '' };
    expect(serverAt({ environment: empty })).toMatchObject({ host: '127.0.0.1', port: 5037 });
  });
});

describe('an ADB that names nothing', () => {
  it('is an error, also where another adb is on the PATH and its server runs', async () => {
    const environment = { ...(await runningServer()), ADB: '/nowhere/adb' };
    const transport = reach(
      serverAt({
        environment,
        exists: (path) => path === '/usr/bin/adb',
        probe: async (path) =>
          path === '/usr/bin/adb' ? { version: '29' } : { problem: 'is not there' },
      }),
    );
    expect(await transport.tool()).toEqual({
      name: 'adb',
      state: 'failed',
      location: '/nowhere/adb',
      origin: 'environment',
      problem: 'ADB names /nowhere/adb, which is not there.',
      remedy: expect.stringContaining('unset it'),
    });
    expect(await transport.list()).toEqual([]);
    await expect(transport.connect('192.168.1.5')).rejects.toMatchObject({ code: 'tool-missing' });
  });
});

/** Programs are scripts of a shell, which Windows has not. */
describe.skipIf(process.platform === 'win32')('an adb that is chosen', () => {
  function fakeAdb(): string {
    const path = join(temporaryFolder(), 'adb');
    const version = 'echo Android Debug Bridge version 1.0.41; echo Version 36.0.0-test';
    writeFileSync(path, `#!/bin/sh\n${version}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  /** The studio, as often as it is started, on a computer where no adb would be found. */
  async function studios(more: Record<string, string> = {}) {
    const environment = { ...(await runningServer()), ...more };
    const userDataFolder = temporaryFolder();
    const log = createFakeLogger();
    return () => {
      const browsers = createBrowserPhones({ folder: userDataFolder, pageFolder: undefined, log });
      const hub = openDeviceHub(
        { iphoneProcessFile: '/nowhere.js', userDataFolder, log },
        browsers,
        {
          platform: 'linux',
          environment,
          home: userDataFolder,
          exists: () => false,
          bus: { list: async () => [], tool: async () => ({ name: 'usb', state: 'ready' }) },
        },
      );
      onTestFinished(() => hub.dispose());
      return { ...hub, adbNow: async () => (await hub.tools())[0] };
    };
  }

  it('holds at once in every studio of this person, and until it is forgotten', async () => {
    const open = await studios();
    const [one, other] = [open(), open()];
    const path = fakeAdb();
    await one.adb.choose(path);
    const chosen = { location: path, version: '36.0.0-test', origin: 'setting', state: 'ready' };
    expect(await one.adbNow()).toMatchObject(chosen);
    expect(await other.adbNow()).toMatchObject(chosen);

    await expect(one.adb.choose('/nowhere/adb')).rejects.toMatchObject({ code: 'not-found' });
    expect(await one.adbNow()).toMatchObject(chosen);

    await other.adb.choose(undefined);
    expect(await one.adbNow()).not.toHaveProperty('location');
  });

  it('and is gone again is told, while its server goes on', async () => {
    const open = await studios();
    const studio = open();
    const path = fakeAdb();
    await studio.adb.choose(path);
    rmSync(path);
    expect(await studio.adbNow()).toMatchObject({
      state: 'ready',
      notice: expect.stringMatching(/chosen, .*adb, is not there/),
    });
  });

  it('is refused where ADB says which one is used', async () => {
    const open = await studios({ ADB: '/nowhere/adb' });
    const hub = open();
    await expect(hub.adb.choose(fakeAdb())).rejects.toMatchObject({
      code: 'not-ready',
      message: expect.stringContaining('/nowhere/adb'),
    });
  });
});
