import type { Emit, HandlersOf } from '../../../shared/api/contract';
import type { devicesApi } from '../../../shared/api/devices-api';
import type { DeviceHub } from '../../platform/devices/device-hub';
import type { Logger } from '../../platform/logger';

export interface DevicesService {
  handlers: HandlersOf<typeof devicesApi>;
  dispose(): Promise<void>;
}

/** Phones for every client of the program; watched once somebody wants to see them. */
export function createDevicesService({
  hub,
  emit,
  log,
}: {
  hub: DeviceHub;
  emit: Emit;
  log: Logger;
}): DevicesService {
  let stop: (() => void) | undefined;

  function watch(): void {
    stop ??= hub.watch((devices) => {
      hub.tools().then(
        (tools) => emit('devices.changed', { devices, tools }),
        (error: unknown) => log.error('The tools of phones could not be asked', error),
      );
    });
  }

  return {
    handlers: {
      'devices.list': async ({ watch: isWatched }) => {
        const [devices, tools] = await Promise.all([hub.list(), hub.tools()]);
        if (isWatched) watch();
        return { devices, tools };
      },
      'devices.connect': async ({ address }) => {
        await hub.connect(address);
        return {};
      },
    },
    async dispose() {
      stop?.();
      await hub.dispose();
    },
  };
}
