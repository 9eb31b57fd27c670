import type { DeviceHub } from '@main/platform/devices/device-hub';
import { AppError } from '@shared/api/errors';
import type { Device } from '@shared/domain/device';
import { adbTool } from './fake-phone';

/** Phones that a test plugs in and out. */
export function createFakeHub(devices: Device[] = []): DeviceHub & {
  plugIn(next: Device[]): void;
  connected: string[];
} {
  const listeners = new Set<(devices: Device[]) => void>();
  const connected: string[] = [];
  const tools = [adbTool];
  return {
    connected,
    plugIn(next) {
      devices = next;
      for (const listener of listeners) listener(devices);
    },
    list: async () => devices,
    tools: async () => [...tools],
    watch(listener) {
      listeners.add(listener);
      listener(devices);
      return () => listeners.delete(listener);
    },
    onFeedback: () => () => undefined,
    transport() {
      throw new AppError('not-found', 'A fake phone can’t be reached.');
    },
    adb: {
      connect: async (address) => void connected.push(address),
      pair: async (address, code) => {
        connected.push(`${address} by ${code}`);
        return undefined;
      },
      waiting: async () => [{ name: 'adb-SIM', address: '192.168.1.5:37099' }],
      choose: async (path) => {
        tools[0] = {
          ...adbTool,
          ...(path === undefined ? {} : { location: path, origin: 'setting' as const }),
        };
      },
    },
    dispose: async () => undefined,
  };
}
