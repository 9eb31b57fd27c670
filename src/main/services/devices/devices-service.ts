import type { Emit, EventPayload, HandlersOf } from '../../../shared/api/contract';
import type { devicesApi } from '../../../shared/api/devices-api';
import { AppError } from '../../../shared/api/errors';
import type { Device } from '../../../shared/domain/device';
import type { DeviceHub } from '../../platform/devices/device-hub';
import type { Logger } from '../../platform/logger';

export interface DevicesService {
  handlers: HandlersOf<typeof devicesApi>;
  dispose(): Promise<void>;
}

export interface DevicesServiceParts {
  hub: DeviceHub;
  emit: Emit;
  log: Logger;
  /** How often tools are looked at while somebody watches: they come and go without any phone. */
  toolsMs?: number;
}

/** Phones for every client of the program; watched once somebody wants to see them. */
export function createDevicesService({
  hub,
  emit,
  log,
  toolsMs = 4_000,
}: DevicesServiceParts): DevicesService {
  let stop: (() => void) | undefined;
  let devices: Device[] = [];
  let told: string | undefined;

  async function tell(): Promise<void> {
    try {
      const tools = await hub.tools();
      // The newest phones, also where those before them were asked about first.
      const phones: EventPayload<'devices.changed'> = { devices, tools };
      const text = JSON.stringify(phones);
      if (text === told) return;
      told = text;
      emit('devices.changed', phones);
    } catch (error) {
      log.error('The tools of phones could not be asked', error);
    }
  }

  function watch(): void {
    if (stop) return;
    const stopHub = hub.watch((found) => {
      devices = found;
      void tell();
    });
    const timer = setInterval(() => void tell(), toolsMs);
    timer.unref();
    stop = () => {
      clearInterval(timer);
      stopHub();
    };
  }

  return {
    handlers: {
      'devices.list': async ({ watch: isWatched }) => {
        const [found, tools] = await Promise.all([hub.list(), hub.tools()]);
        if (isWatched) watch();
        return { devices: found, tools };
      },
      'devices.connect': async ({ address }) => {
        await hub.adb.connect(address);
        return {};
      },
      'devices.pair': async ({ address, code }) => {
        const connectedTo = await hub.adb.pair(address, code);
        return connectedTo === undefined ? {} : { connectedTo };
      },
      'devices.waiting': async () => ({ phones: await hub.adb.waiting() }),
      'devices.chooseAdb': async ({ path }) => {
        await hub.adb.choose(path);
        const tool = (await hub.tools()).find(({ name }) => name === 'adb');
        if (!tool) throw new AppError('tool-missing', 'There is no adb here.', 'Install adb.');
        devices = await hub.list();
        await tell();
        return { tool };
      },
    },
    async dispose() {
      stop?.();
      await hub.dispose();
    },
  };
}
