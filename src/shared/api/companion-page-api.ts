import { z } from 'zod';
import { companionPageSchema, pairingCodeSchema } from '../domain/companion-page';
import { deviceIdSchema } from '../domain/device';
import { method } from './define';

/**
 * The page that runs models in a phone's browser. It is served apart from the studio itself, only after
 * somebody turned it on, and to phones that were paired by a code only.
 */
export const companionPageApi = {
  'companionPage.state': method(z.object({}), companionPageSchema),
  /**
   * `wifi`: to the whole network, not only to phones on a cable and to this computer. `https`: encrypted there, with
   * a certificate that the studio makes itself and phones therefore warn of.
   */
  'companionPage.turnOn': method(
    z
      .object({ wifi: z.boolean().default(false), https: z.boolean().default(false) })
      .refine(({ wifi, https }) => wifi || !https, 'Only the network is encrypted.'),
    companionPageSchema,
  ),
  'companionPage.turnOff': method(z.object({}), companionPageSchema),
  /** A code for one phone, good for some minutes. */
  'companionPage.offer': method(z.object({}), pairingCodeSchema),
  /** Opens the page in the browser of an Android phone on a cable, paired; turns it on when it is off. */
  'companionPage.openOnPhone': method(z.object({ deviceId: deviceIdSchema }), z.object({})),
  /** A paired phone gets nothing any more, and what was pushed to it is removed. */
  'companionPage.revoke': method(z.object({ phoneId: deviceIdSchema }), companionPageSchema),
};

export const companionPageEvents = {
  'companionPage.changed': companionPageSchema,
};
