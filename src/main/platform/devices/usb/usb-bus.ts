import { createRequire } from 'node:module';
import type { DeviceTool } from '../../../../shared/domain/device';

/** What is plugged into this computer, as the `usb` package tells it from the descriptors. */
export interface BusDevice {
  vendorId: number;
  productId: number;
  /** Empty where the device has none, or this user may not ask for it. */
  serial: string;
  productName: string;
  /** Class of each interface that it offers (USB-IF class codes); empty where they can't be read. */
  interfaceClasses: readonly number[];
}

/** Only ever looked at: no device is opened. */
export interface UsbBus {
  /** @throws whatever is in the way; `tool` says it for people. */
  list(): Promise<BusDevice[]>;
  /** Whether the bus can be read; never throws. */
  tool(): Promise<DeviceTool>;
}

/** What this program uses of `usb`, an optional package: its own types may not be there. */
interface UsbPackage {
  usb: {
    getDevices(): Promise<
      {
        vendorId: number;
        productId: number;
        serialNumber?: string | null;
        productName?: string | null;
        configurations?: {
          interfaces: { alternates: { interfaceClass: number }[] }[];
        }[];
      }[]
    >;
  };
}

const requireHere = createRequire(import.meta.url);
const loadPackage = () => requireHere('usb') as UsbPackage;

/** @param load throws where the package, or its native part for this computer, is not installed. */
export function createUsbBus(load: () => UsbPackage = loadPackage): UsbBus {
  async function list(): Promise<BusDevice[]> {
    const devices = await load().usb.getDevices();
    return devices.map(({ vendorId, productId, serialNumber, productName, configurations }) => ({
      vendorId,
      productId,
      serial: serialNumber ?? '',
      productName: productName ?? '',
      interfaceClasses: (configurations ?? []).flatMap(({ interfaces }) =>
        interfaces.flatMap(({ alternates }) =>
          alternates.map(({ interfaceClass }) => interfaceClass),
        ),
      ),
    }));
  }
  const withoutIt =
    'Phones are found without it; only one whose USB debugging is off is not told of.';
  return {
    list,
    async tool() {
      try {
        load();
      } catch {
        const problem = 'The package “usb” is not installed for this computer.';
        return { name: 'usb', state: 'missing', problem, remedy: withoutIt };
      }
      try {
        await list();
        return { name: 'usb', state: 'ready' };
      } catch {
        const problem = 'What is plugged into this computer can’t be listed.';
        return { name: 'usb', state: 'failed', problem, remedy: withoutIt };
      }
    },
  };
}
