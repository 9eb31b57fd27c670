import { homedir } from 'node:os';
import { createAdbServer } from './adb/adb-server';
import { createAdbTransport } from './adb/adb-transport';
import { createDeviceHub, type DeviceHub } from './device-hub';

/** The phones of this computer. Nothing is looked for, or started, before somebody asks. */
export function openDeviceHub(): DeviceHub {
  const { platform, env: environment } = process;
  const server = createAdbServer({ platform, environment, home: homedir() });
  const adb = createAdbTransport({ server });
  return createDeviceHub({ transports: [adb], connect: (address) => adb.connect(address) });
}
