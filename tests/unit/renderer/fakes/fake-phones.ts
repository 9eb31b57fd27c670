import type { HandlersOf } from '@shared/api/contract';
import type { devicesApi } from '@shared/api/devices-api';
import type { Device, DeviceTool } from '@shared/domain/device';

export interface FakePhones {
  devices: Device[];
  tools: DeviceTool[];
  handlers: HandlersOf<typeof devicesApi>;
}

/** Phones as the program knows them, in memory. */
export function createFakePhones(): FakePhones {
  const phones: FakePhones = {
    devices: [],
    tools: [{ name: 'adb', state: 'ready', version: '1.0.41' }],
    handlers: {
      'devices.list': () => ({ devices: phones.devices, tools: phones.tools }),
      'devices.connect': () => ({}),
    },
  };
  return phones;
}
