import { homedir } from 'node:os';
import { AppError } from '../../../shared/api/errors';
import type { HostEnvironment } from '../host-environment';
import { openStudioSettings } from '../studio-settings';
import { createAdbServer } from './adb/adb-server';
import { createAdbTransport } from './adb/adb-transport';
import { adbMeantBy } from './adb/choose-adb';
import type { AdbSurroundings } from './adb/find-adb';
import { type AdbAccess, createDeviceHub, type DeviceHub } from './device-hub';
import type { DeviceTransport } from './device-transport';
import { createIosTransport } from './ios/ios-transport';
import { createUsbBus, type UsbBus } from './usb/usb-bus';
import { withUsbBus } from './usb/with-usb-bus';

/** The computer that phones are plugged into, so that a test can look for tools on another one. */
export type Surroundings = Pick<AdbSurroundings, 'platform' | 'environment' | 'home'> &
  Partial<Pick<AdbSurroundings, 'exists'>> & { bus?: UsbBus };

/**
 * The phones of a computer. Nothing is looked for, or started, before somebody asks.
 * @param browsers phones that are reached through the companion page.
 */
export function openDeviceHub(
  host: Pick<HostEnvironment, 'iphoneProcessFile' | 'userDataFolder' | 'log'>,
  browsers: DeviceTransport,
  surroundings: Surroundings = {
    platform: process.platform,
    environment: process.env,
    home: homedir(),
  },
): DeviceHub {
  const { bus = createUsbBus(), ...around } = surroundings;
  const { platform, environment } = around;
  const settings = openStudioSettings(host.userDataFolder, host.log);
  const server = createAdbServer({ ...around, setting: settings.adb });
  const android = createAdbTransport({ server });
  const ios = createIosTransport({ processFile: host.iphoneProcessFile, platform, environment });
  const { connect, pair, waiting } = android;
  const choose: AdbAccess['choose'] = async (path) => {
    const named = environment['ADB'];
    if (path !== undefined && named) {
      throw new AppError(
        'not-ready',
        `The environment variable ADB says which adb is used here: ${named}.`,
        'Unset ADB and start the studio again to choose another one; or set it to the other one.',
      );
    }
    await settings.setAdb(path === undefined ? undefined : await adbMeantBy(path));
  };
  const hub = createDeviceHub({
    transports: [android, ios, browsers],
    adb: { connect, pair, waiting, choose },
  });
  return withUsbBus(hub, bus);
}
