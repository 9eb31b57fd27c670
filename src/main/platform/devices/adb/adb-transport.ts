import { AppError } from '../../../../shared/api/errors';
import { companionApp } from '../../../../shared/domain/companion-protocol';
import type { AppPresence, DeviceId } from '../../../../shared/domain/device';
import { deviceRemedy } from '../../../../shared/domain/device-remedy';
import type { DeviceTransport } from '../device-transport';
import { watchDevices } from '../watch-devices';
import { type FoundDevice, createAdbDevices } from './adb-devices';
import { explainAdbError } from './adb-errors';
import { createAdbFolder } from './adb-folder';
import { installApk } from './adb-install';
import { createReconnect } from './adb-reconnect';
import type { AdbServer } from './adb-server';
import { atAdb } from './adb-session';
import { quoted, runShell } from './adb-shell';
import { type AdbWifi, createAdbWifi } from './adb-wifi';
import { describeAdb } from './describe-adb';

export interface AdbTransportOptions {
  server: AdbServer;
  /** How long a phone may be silent before it counts as stalled. */
  idleMs?: number;
  /** Between two looks while a phone is not ready. */
  pollMs?: number;
  /** Between two tries to reach a phone again that left the network. */
  reconnectMs?: number;
}

export type AdbTransport = DeviceTransport & AdbWifi;

export function createAdbTransport({
  server,
  idleMs = 20_000,
  pollMs = 1_500,
  reconnectMs,
}: AdbTransportOptions): AdbTransport {
  const devices = createAdbDevices(server);
  const ended = new AbortController();
  /** Those who watch look again when they are called. */
  const watching = new Set<() => void>();
  const wifi = createAdbWifi(server, {
    onConnected(address) {
      reconnect.remember(address);
      for (const lookAgain of watching) lookAgain();
    },
  });
  const reconnect = createReconnect(wifi.connect, {
    ...(reconnectMs === undefined ? {} : { everyMs: reconnectMs }),
  });
  let known: FoundDevice[] = [];

  async function look(): Promise<FoundDevice[]> {
    await server.ensure();
    known = await devices.list();
    return known;
  }

  /** @throws AppError with what to do when it is not there or not ready. */
  async function serialOf(id: DeviceId): Promise<string> {
    const isIt = ({ device }: FoundDevice) => device.id === id;
    const found =
      known.find((one) => isIt(one) && one.device.state === 'ready') ?? (await look()).find(isIt);
    if (!found) {
      throw new AppError(
        'device-gone',
        'The phone is not connected.',
        'Plug it in, unlock it, and try again.',
      );
    }
    if (found.device.state === 'ready') return found.adbSerial;
    const { says, steps } = deviceRemedy(found.device);
    throw new AppError('device-refused', says, steps.join(' '));
  }

  const shell = async (id: DeviceId, command: string) =>
    runShell(server, await serialOf(id), command, { idleMs });

  async function appPresence(id: DeviceId, appId: string): Promise<AppPresence> {
    const files = quoted(`/sdcard/Android/data/${appId}/files`);
    const { output } = await shell(
      id,
      `pm path ${quoted(appId)}; if [ -d ${files} ]; then echo has-folder; fi`,
    );
    if (!/^package:/m.test(output)) return 'missing';
    return /^has-folder$/m.test(output) ? 'ready' : 'never-started';
  }

  async function start(id: DeviceId, intent: string): Promise<void> {
    // am may print "Error:" and end with 0.
    const { output } = await shell(id, `am start -W ${intent}`);
    const problem = /^Error.*$/m.exec(output)?.[0];
    if (problem !== undefined) throw explainAdbError(new Error(problem));
  }

  async function requireApp(id: DeviceId, appId: string): Promise<void> {
    const presence = await appPresence(id, appId);
    if (presence === 'ready') return;
    throw presence === 'missing'
      ? new AppError(
          'app-missing',
          `The app ${appId} is not installed on this phone.`,
          appId === companionApp.appId
            ? 'Choose “Install app and push” on its card (push --install-app); or push to another app or a plain folder.'
            : 'Install it, start it once, and push again; or push to another app or a plain folder.',
        )
      : new AppError(
          'app-missing',
          `The app ${appId} was never started on this phone, so it has no folder for models yet.`,
          'Open it once on the phone, then push again.',
        );
  }

  return {
    platform: 'android',
    tool: () => describeAdb(server),
    async list() {
      try {
        return (await look()).map(({ device }) => device);
      } catch {
        // `tool` says why.
        return [];
      }
    },
    watch(listener) {
      const stopped = new AbortController();
      const signal = AbortSignal.any([stopped.signal, ended.signal]);
      void watchDevices({
        async look() {
          const askedAt = Date.now();
          const found = await look();
          const listed = found.map(({ adbSerial, device: { state } }) => {
            return [adbSerial, { isOffline: state === 'offline' }] as const;
          });
          reconnect.look(new Map(listed), askedAt);
          return found.map(({ device }) => device);
        },
        async follow(onChange, until) {
          watching.add(onChange);
          await devices.follow(onChange, until).catch(() => undefined);
          watching.delete(onChange);
          reconnect.serverEnded();
        },
        pollMs,
        signal,
        listener,
      });
      return () => stopped.abort();
    },
    appPresence,
    async launch(id, appId) {
      // By package, without its activity's name.
      await start(
        id,
        `-a android.intent.action.MAIN -c android.intent.category.LAUNCHER -p ${quoted(appId)}`,
      );
    },
    async browse(id, { port, url }) {
      const serial = await serialOf(id);
      const ends = `tcp:${port}`;
      await atAdb(server, serial, { idleMs }, ({ device }) => device.reverse(ends, ends));
      await start(id, `-a android.intent.action.VIEW -d ${quoted(url)}`);
    },
    install: async (id, appId, apk, hooks) =>
      installApk({ server, serial: await serialOf(id), idleMs }, appId, apk, hooks),
    async openFolder(id, place) {
      if (place.kind === 'app') await requireApp(id, place.appId);
      const root =
        place.kind === 'app'
          ? `/sdcard/Android/data/${place.appId}/files/${place.folder}`
          : place.path.replace(/\/+$/, '');
      const serial = await serialOf(id);
      const { output, code } = await shell(id, `mkdir -p ${quoted(root)}`);
      if (code !== 0) throw explainAdbError(new Error(output));
      return createAdbFolder({ server, serial, root, idleMs });
    },
    async openPhotos(id) {
      const serial = await serialOf(id);
      return createAdbFolder({ server, serial, root: '/sdcard/DCIM', idleMs });
    },
    ...wifi,
    async dispose() {
      ended.abort();
    },
  };
}
