import type { Device } from '../../../../shared/domain/device';
import { phoneOnBus } from './phone-on-bus';
import type { BusDevice } from './usb-bus';

/**
 * Phones on the bus that neither adb nor Apple's service tells of.
 * @param known phones of those tools, in whatever state
 */
export function unseenPhones(bus: readonly BusDevice[], known: readonly Device[]): Device[] {
  const onCable = known.filter(({ connection }) => connection === 'usb');
  const serials = new Set(onCable.map(({ id }) => plain(id.slice(id.indexOf(':') + 1))));
  return bus.flatMap((device) => {
    const phone = phoneOnBus(device);
    if (!phone) return [];
    // Without a serial it can't be told from those that are known: better silent than wrong.
    const isKnown =
      device.serial === ''
        ? onCable.some(({ platform }) => platform === phone.platform)
        : serials.has(plain(device.serial));
    return isKnown ? [] : [phone];
  });
}

/** An iPhone has a dash in its UDID that its serial on the bus does not have. */
const plain = (serial: string): string => serial.replaceAll('-', '').toLowerCase();
