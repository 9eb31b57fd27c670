import { z } from 'zod';
import { deviceIdSchema } from './device';

/** The page that phones run models in, and the phones that may. */
export const companionPageSchema = z.object({
  /** Off until somebody turns it on; off again with the program. */
  isOn: z.boolean(),
  /** Phones in the same network reach it too, not only those on a cable. */
  wifi: z.boolean(),
  port: z.int().optional(),
  phones: z.array(
    z.object({
      id: deviceIdSchema,
      name: z.string(),
      pairedAt: z.iso.datetime(),
      /** Then it has to be paired again. */
      expiresAt: z.iso.datetime(),
      /** The page is open there now. */
      isConnected: z.boolean(),
    }),
  ),
});
export type CompanionPage = z.infer<typeof companionPageSchema>;

/** Links with the same secret in them, good for one phone. */
export const pairingCodeSchema = z.object({
  port: z.int(),
  /** For a phone to which this port is reversed (adb), and for browsers on this computer. */
  cableLink: z.string(),
  /** One an address of this computer; which one a phone reaches depends on the network. */
  wifiLinks: z.array(z.string()),
  expiresAt: z.iso.datetime(),
});
export type PairingCode = z.infer<typeof pairingCodeSchema>;
