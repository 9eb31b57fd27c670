import type { Device } from '../../../../shared/domain/device';
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
  const look = (): Promise<BusDevice[]> => bus.list().catch(() => []);
  return {
    ...hub,
    async list() {
      const [known, found] = await Promise.all([hub.list(), look()]);
      return [...known, ...unseenPhones(found, known)];
    },
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
