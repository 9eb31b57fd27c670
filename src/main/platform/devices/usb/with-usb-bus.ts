import { AppError } from '../../../../shared/api/errors';
import type { Device, DeviceId } from '../../../../shared/domain/device';
import { deviceRemedy } from '../../../../shared/domain/device-remedy';
import type { DeviceHub } from '../device-hub';
import { unseenPhones } from './unseen-phones';
import type { BusDevice, UsbBus } from './usb-bus';

/** How often the bus is looked at while somebody watches. */
const lookMs = 3_000;

/**
 * A hub that also tells of phones that are plugged in and that no tool sees, with what to do about it.
 * Where the bus can't be read it is the hub as it was.
 */
export function withUsbBus(hub: DeviceHub, bus: UsbBus, pollMs = lookMs): DeviceHub {
  /** As the bus was at the last look. */
  let plugged: BusDevice[] = [];
  async function look(): Promise<BusDevice[]> {
    plugged = await bus.list().catch(() => []);
    return plugged;
  }

  /** @throws AppError always: why nothing can be done with a phone that only the bus knows of. */
  function refuse(id: DeviceId): never {
    const phone = unseenPhones(plugged, []).find((one) => one.id === id);
    if (!phone) {
      throw new AppError(
        'device-gone',
        'The phone is not connected.',
        'Plug it in, unlock it, and see “pocketlens devices” for what it is called now.',
      );
    }
    const { says, steps } = deviceRemedy(phone);
    throw new AppError('device-refused', `${phone.name}: ${says}`, steps.join(' '));
  }

  return {
    ...hub,
    async list() {
      const [known, found] = await Promise.all([hub.list(), look()]);
      return [...known, ...unseenPhones(found, known)];
    },
    transport: (id) => (id.startsWith('usb:') ? refuse(id) : hub.transport(id)),
    tools: async () => [...(await hub.tools()), await bus.tool()],
    watch(listener) {
      let known: Device[] | undefined;
      let found: BusDevice[] = [];
      /** Ids that two looks in a row found unseen: a phone is given its tool's time to see it. */
      let stayed = new Set<string>();
      let told: string | undefined;
      let isOver = false;
      const unseen = () => unseenPhones(found, known ?? []);

      function tell(): void {
        if (!known || isOver) return;
        const devices = [...known, ...unseen().filter(({ id }) => stayed.has(id))];
        const text = JSON.stringify(devices);
        if (text === told) return;
        told = text;
        listener(devices);
      }

      async function lookAgain(): Promise<void> {
        const before = new Set(unseen().map(({ id }) => id));
        found = await look();
        stayed = new Set(unseen().flatMap(({ id }) => (before.has(id) ? id : [])));
        tell();
      }

      const timer = setInterval(() => void lookAgain(), pollMs);
      timer.unref();
      const stop = hub.watch((devices) => {
        known = devices;
        tell();
      });
      return () => {
        isOver = true;
        clearInterval(timer);
        stop();
      };
    },
  };
}
