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
  return {
    connected,
    plugIn(next) {
      devices = next;
      for (const listener of listeners) listener(devices);
    },
    list: async () => devices,
    tools: async () => [adbTool],
    watch(listener) {
      listeners.add(listener);
      listener(devices);
      return () => listeners.delete(listener);
    },
    onFeedback: () => () => undefined,
    transport() {
      throw new AppError('not-found', 'A fake phone can’t be reached.');
    },
    connect: async (address) => void connected.push(address),
    dispose: async () => undefined,
  };
}
