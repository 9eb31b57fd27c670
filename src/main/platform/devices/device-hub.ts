import type { Device, DeviceId, DeviceTool } from '../../../shared/domain/device';
import { AppError } from '../../../shared/api/errors';
import type { AdbWifi } from './adb/adb-wifi';
import type { DeviceTransport } from './device-transport';

/** Every phone there is, of whatever kind. */
export interface DeviceHub {
  list(): Promise<Device[]>;
  tools(): Promise<DeviceTool[]>;
  /** Calls back with all phones, now and at every change. Returns the function that stops it. */
  watch(listener: (devices: Device[]) => void): () => void;
  /** Calls back when a phone that tells so has written feedback. Returns the function that stops it. */
  onFeedback(listener: (id: DeviceId) => void): () => void;
  /** @throws AppError 'not-found' when no transport reaches this kind of phone. */
  transport(id: DeviceId): DeviceTransport;
  readonly adb: AdbAccess;
  dispose(): Promise<void>;
}

/** What only Android phones have. */
export interface AdbAccess extends AdbWifi {
  /**
   * Has the studio use the adb at a path from now on, or look for one again.
   * @throws AppError 'not-found', 'tool-missing' when no adb that works is there; nothing changes then.
   */
  choose(path: string | undefined): Promise<void>;
}

export interface DeviceHubOptions {
  transports: readonly DeviceTransport[];
  /** Absent: nothing can be reached through it. */
  adb?: Partial<AdbAccess>;
}

export function createDeviceHub({ transports, adb }: DeviceHubOptions): DeviceHub {
  return {
    async list() {
      return (await Promise.all(transports.map((transport) => transport.list()))).flat();
    },
    tools: () => Promise.all(transports.map((transport) => transport.tool())),
    watch(listener) {
      const seen = new Map<DeviceTransport, Device[]>();
      const stops = transports.map((transport) =>
        transport.watch((devices) => {
          seen.set(transport, devices);
          listener(transports.flatMap((each) => seen.get(each) ?? []));
        }),
      );
      return () => {
        for (const stop of stops) stop();
      };
    },
    onFeedback(listener) {
      const stops = transports.map((transport) => transport.onFeedback?.(listener));
      return () => {
        for (const stop of stops) stop?.();
      };
    },
    transport(id) {
      const found = transports.find(({ platform }) => id.startsWith(`${platform}:`));
      if (found) return found;
      throw new AppError(
        'not-found',
        `No phone is called ${id}.`,
        'See “pocketlens devices” for those that are connected.',
      );
    },
    adb: { ...noAdb, ...adb },
    async dispose() {
      await Promise.all(transports.map((transport) => transport.dispose()));
    },
  };
}

const none = () =>
  Promise.reject(new AppError('tool-missing', 'There is no adb here.', 'Install adb.'));

const noAdb: AdbAccess = { connect: none, pair: none, waiting: async () => [], choose: none };
