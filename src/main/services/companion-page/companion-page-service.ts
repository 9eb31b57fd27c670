import type { companionPageApi } from '../../../shared/api/companion-page-api';
import type { Emit, HandlersOf } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import type { BrowserPhones } from '../../platform/devices/browser/browser-phones';
import type { DeviceHub } from '../../platform/devices/device-hub';

/** Turns the companion page on and off, and pairs phones with it. Pushes go through the device hub. */
export function createCompanionPageService({
  browsers,
  hub,
  emit,
}: {
  browsers: BrowserPhones;
  hub: Pick<DeviceHub, 'transport'>;
  emit: Emit;
}): { handlers: HandlersOf<typeof companionPageApi> } {
  browsers.onChange(() => emit('companionPage.changed', browsers.state()));

  return {
    handlers: {
      'companionPage.state': () => browsers.state(),
      'companionPage.turnOn': async (options) => {
        await browsers.turnOn(options);
        return browsers.state();
      },
      'companionPage.turnOff': async () => {
        await browsers.turnOff();
        return browsers.state();
      },
      'companionPage.offer': () => browsers.offer(),
      'companionPage.openOnPhone': async ({ deviceId }) => {
        const transport = hub.transport(deviceId);
        if (!transport.browse) {
          throw new AppError(
            'bad-request',
            'Only Android phones on a cable can be told to open the page.',
            'Scan its code with the phone instead.',
          );
        }
        if (!browsers.state().isOn) await browsers.turnOn({ wifi: false, https: false });
        const { port, cableLink } = await browsers.offer();
        await transport.browse(deviceId, { port, url: cableLink });
        return {};
      },
      'companionPage.revoke': async ({ phoneId }) => {
        await browsers.revoke(phoneId);
        return browsers.state();
      },
    },
  };
}
