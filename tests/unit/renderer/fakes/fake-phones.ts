import type { HandlersOf, MethodOutput } from '@shared/api/contract';
import type { deployApi } from '@shared/api/deploy-api';
import type { phoneMeasurementsApi } from '@shared/api/phone-measurements-api';
import type { devicesApi } from '@shared/api/devices-api';
import { companionTarget } from '@shared/domain/deployment';
import type { Device, DeviceTool } from '@shared/domain/device';

export interface FakePhones {
  devices: Device[];
  tools: DeviceTool[];
  pushes: MethodOutput<'deploy.pushes'>;
  measured: MethodOutput<'phoneMeasurements.list'>;
  handlers: HandlersOf<typeof devicesApi> &
    Pick<HandlersOf<typeof deployApi>, 'deploy.pushes'> &
    Pick<HandlersOf<typeof phoneMeasurementsApi>, 'phoneMeasurements.list'>;
}

/** Phones as the program knows them, in memory. */
export function createFakePhones(): FakePhones {
  const phones: FakePhones = {
    devices: [],
    pushes: { targets: [companionTarget], deployments: [], pushes: [] },
    measured: { measurements: [], jobs: [] },
    tools: [{ name: 'adb', state: 'ready', version: '1.0.41' }],
    handlers: {
      'devices.list': () => ({ devices: phones.devices, tools: phones.tools }),
      'devices.connect': () => ({}),
      'devices.pair': () => ({}),
      'devices.waiting': () => ({ phones: [] }),
      'devices.chooseAdb': () => ({ tool: phones.tools[0]! }),
      'deploy.pushes': () => phones.pushes,
      'phoneMeasurements.list': () => phones.measured,
    },
  };
  return phones;
}
