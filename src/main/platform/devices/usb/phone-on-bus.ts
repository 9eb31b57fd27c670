import type { Device } from '../../../../shared/domain/device';
import type { BusDevice } from './usb-bus';

interface Vendor {
  maker: string;
  /** It makes little but phones; of the others only what offers pictures or files is one. */
  phonesOnly: boolean;
}

/** By the USB Implementers Forum's vendor ids, as Android's "Run apps on a hardware device" lists them. */
const vendors: ReadonlyMap<number, Vendor> = new Map([
  [0x18d1, { maker: 'Google', phonesOnly: false }],
  [0x04e8, { maker: 'Samsung', phonesOnly: false }],
  [0x2717, { maker: 'Xiaomi', phonesOnly: true }],
  [0x12d1, { maker: 'Huawei', phonesOnly: false }],
  [0x339b, { maker: 'Honor', phonesOnly: true }],
  [0x2a70, { maker: 'OnePlus', phonesOnly: true }],
  [0x22d9, { maker: 'OPPO', phonesOnly: true }],
  [0x2d95, { maker: 'vivo', phonesOnly: true }],
  [0x0fce, { maker: 'Sony', phonesOnly: true }],
  [0x22b8, { maker: 'Motorola', phonesOnly: true }],
  [0x2e04, { maker: 'HMD', phonesOnly: true }],
  [0x0bb4, { maker: 'HTC', phonesOnly: true }],
  [0x1004, { maker: 'LG', phonesOnly: false }],
  [0x19d2, { maker: 'ZTE', phonesOnly: false }],
  [0x0b05, { maker: 'ASUS', phonesOnly: false }],
  [0x17ef, { maker: 'Lenovo', phonesOnly: false }],
  [0x2ae5, { maker: 'Fairphone', phonesOnly: true }],
]);

const apple = 0x05ac;
/** Product ids of iPhones in their normal state; iPads share the range, and are reached likewise. */
const isApplePhone = (productId: number) => productId >= 0x1290 && productId <= 0x12af;

/** USB-IF class 6, still image: PTP, and MTP where it is announced so. */
const stillImage = 0x06;

/**
 * The phone that a thing on the bus is, as one that its own tool does not see; undefined for all else,
 * keyboards and disks of makers of phones among them.
 */
export function phoneOnBus(device: BusDevice): Device | undefined {
  const { vendorId, productId, serial, productName, interfaceClasses } = device;
  const id = `usb:${[hex(vendorId), hex(productId), serial].filter(Boolean).join(':')}`;
  if (vendorId === apple) {
    if (!isApplePhone(productId)) return undefined;
    const name = productName || 'iPhone';
    return { id, platform: 'ios', state: 'no-service', name, maker: 'Apple', connection: 'usb' };
  }
  const vendor = vendors.get(vendorId);
  if (!vendor || !(vendor.phonesOnly || interfaceClasses.includes(stillImage))) return undefined;
  const { maker } = vendor;
  const name = productName || `${maker} phone`;
  return { id, platform: 'android', state: 'debugging-off', name, maker, connection: 'usb' };
}

const hex = (number: number): string => number.toString(16).padStart(4, '0');
