import type { Device, DeviceState } from '../../../../shared/domain/device';
import type { AdbServer } from './adb-server';
import { runShell } from './adb-shell';
import { atAdb } from './adb-session';
import { CuttableClient } from './cuttable-client';

const stateOf: Record<string, DeviceState> = {
  device: 'ready',
  unauthorized: 'unauthorized',
  authorizing: 'unauthorized',
  offline: 'offline',
  connecting: 'offline',
  recovery: 'recovering',
  sideload: 'recovering',
  rescue: 'recovering',
  bootloader: 'recovering',
  host: 'recovering',
};

interface Identity {
  serial: string;
  name: string;
  maker: string;
  model: string;
  osVersion: string;
}

export interface FoundDevice {
  /** What adb calls it: its serial number, or `host:port`. */
  adbSerial: string;
  device: Device;
}

const askMs = 5_000;

/** Which phones adb knows of; who they are is asked once while they stay. */
export function createAdbDevices(server: AdbServer) {
  const identities = new Map<string, Identity>();

  async function identify(adbSerial: string): Promise<Identity | undefined> {
    const known = identities.get(adbSerial);
    if (known) return known;
    const properties = [
      'ro.serialno',
      'ro.product.manufacturer',
      'ro.product.model',
      'ro.build.version.release',
    ];
    try {
      const { output } = await runShell(
        server,
        adbSerial,
        properties.map((name) => `getprop ${name}`).join('; '),
        { idleMs: askMs },
      );
      const [serial = '', maker = '', model = '', osVersion = ''] = output.split('\n');
      if (model === '') return undefined;
      const name = model.toLowerCase().startsWith(maker.toLowerCase())
        ? model
        : `${maker} ${model}`;
      const identity = { serial: serial || adbSerial, name: name.trim(), maker, model, osVersion };
      identities.set(adbSerial, identity);
      return identity;
    } catch {
      // It left while it was asked, or is still starting: the next look will tell.
      return undefined;
    }
  }

  async function describe(adbSerial: string, type: string): Promise<FoundDevice> {
    const state = type.startsWith('no permissions') ? 'no-permission' : stateOf[type];
    const identity = state === 'ready' ? await identify(adbSerial) : identities.get(adbSerial);
    const isWifi = /:\d+$|_adb-tls-connect/.test(adbSerial);
    return {
      adbSerial,
      device: {
        id: `android:${identity?.serial ?? adbSerial}`,
        platform: 'android',
        // One that is ready for adb but does not say who it is has not started yet.
        state: state === 'ready' && !identity ? 'recovering' : (state ?? 'offline'),
        name: identity?.name ?? adbSerial,
        ...(identity
          ? { maker: identity.maker, model: identity.model, osVersion: identity.osVersion }
          : {}),
        connection: isWifi ? 'wifi' : 'usb',
      },
    };
  }

  return {
    async list(): Promise<FoundDevice[]> {
      const listed = await atAdb(server, '', { idleMs: askMs }, ({ client }) =>
        client.listDevices(),
      );
      const found = await Promise.all(listed.map(({ id, type }) => describe(id, type)));
      for (const serial of identities.keys()) {
        if (!listed.some(({ id }) => id === serial)) identities.delete(serial);
      }
      return oncePhone(found);
    },
    /**
     * Calls back when adb tells of a change; resolves when it stops telling. Not all that changes is
     * told: that a phone is unauthorized is not.
     */
    async follow(onChange: () => void, signal: AbortSignal): Promise<void> {
      const client = new CuttableClient(server);
      const cut = () => client.cut();
      signal.addEventListener('abort', cut, { once: true });
      try {
        const tracker = await client.trackDevices();
        await new Promise<void>((resolve) => {
          tracker.on('changeSet', onChange);
          tracker.on('error', () => undefined);
          tracker.on('end', resolve);
          client.newest.socket.once('close', () => resolve());
          if (signal.aborted) cut();
        });
      } finally {
        signal.removeEventListener('abort', cut);
        cut();
      }
    },
  };
}

/** The cable is faster than Wi-Fi, where a phone is reached by both. */
function oncePhone(found: readonly FoundDevice[]): FoundDevice[] {
  const rank = ({ device: { state, connection } }: FoundDevice) =>
    (state === 'ready' ? 0 : 2) + (connection === 'usb' ? 0 : 1);
  const best = new Map<string, FoundDevice>();
  for (const one of found) {
    const other = best.get(one.device.id);
    if (!other || rank(one) < rank(other)) best.set(one.device.id, one);
  }
  return [...best.values()];
}
