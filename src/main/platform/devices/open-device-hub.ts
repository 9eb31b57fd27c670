import { homedir } from 'node:os';
import type { HostEnvironment } from '../host-environment';
import { createAdbServer } from './adb/adb-server';
import { createAdbTransport } from './adb/adb-transport';
import { createDeviceHub, type DeviceHub } from './device-hub';
import type { DeviceTransport } from './device-transport';
import { createIosTransport } from './ios/ios-transport';
import { createUsbBus } from './usb/usb-bus';
import { withUsbBus } from './usb/with-usb-bus';

/**
 * The phones of this computer. Nothing is looked for, or started, before somebody asks.
 * @param browsers phones that are reached through the companion page.
 */
export function openDeviceHub(
  { iphoneProcessFile }: Pick<HostEnvironment, 'iphoneProcessFile'>,
  browsers: DeviceTransport,
): DeviceHub {
  const { platform, env: environment } = process;
  const server = createAdbServer({ platform, environment, home: homedir() });
  const adb = createAdbTransport({ server });
  const ios = createIosTransport({ processFile: iphoneProcessFile, platform, environment });
  const hub = createDeviceHub({
    transports: [adb, ios, browsers],
    connect: (address) => adb.connect(address),
  });
  return withUsbBus(hub, createUsbBus());
}
