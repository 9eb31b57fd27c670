import type { Device, DeviceId, DeviceTool } from '../../../shared/domain/device';
import { AppError } from '../../../shared/api/errors';
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
  /** Reaches an Android phone over Wi-Fi. */
  connect(address: string): Promise<void>;
  dispose(): Promise<void>;
}

export interface DeviceHubOptions {
  transports: readonly DeviceTransport[];
  connect(address: string): Promise<void>;
}

export function createDeviceHub({ transports, connect }: DeviceHubOptions): DeviceHub {
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
    connect,
    async dispose() {
      await Promise.all(transports.map((transport) => transport.dispose()));
    },
  };
}
