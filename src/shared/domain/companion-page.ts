import { z } from 'zod';
import { deviceIdSchema } from './device';

/** Of the certificate that the page is encrypted with in the network, for people to compare. */
export const pageCertificateFactsSchema = z.object({
  /** SHA-256 fingerprints as browsers and phones show them, "AB:CD:…"; of the certificate and of its root. */
  sha256: z.string(),
  rootSha256: z.string(),
  /** Addresses and names of this computer, and addresses that it had before. */
  names: z.array(z.string()),
  /** A day before it was made, for phones whose clock is behind. */
  validFrom: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type PageCertificateFacts = z.infer<typeof pageCertificateFactsSchema>;

/** The page that phones run models in, and the phones that may. */
export const companionPageSchema = z.object({
  /** Off until somebody turns it on; off again with the program. */
  isOn: z.boolean(),
  /** Phones in the same network reach it too, not only those on a cable. */
  wifi: z.boolean(),
  /** Of cables and this computer, and of the network, too, where that is not encrypted. */
  port: z.int().optional(),
  /** Absent: what the network carries is not encrypted. */
  https: z.object({ port: z.int(), certificate: pageCertificateFactsSchema }).optional(),
  phones: z.array(
    z.object({
      id: deviceIdSchema,
      name: z.string(),
      pairedAt: z.iso.datetime(),
      /** Then it has to be paired again. */
      expiresAt: z.iso.datetime(),
      /** The page is open there now. */
      isConnected: z.boolean(),
      /** Hashes of the models that it was pushed last, the one to run first. */
      models: z.array(z.string()),
    }),
  ),
});
export type CompanionPage = z.infer<typeof companionPageSchema>;

/** Links with the same secret in them, good for one phone. */
export const pairingCodeSchema = z.object({
  port: z.int(),
  /** For a phone to which this port is reversed (adb), and for browsers on this computer. */
  cableLink: z.string(),
  /** One a name of this computer; which one a phone reaches depends on the network. https where it is encrypted. */
  wifiLinks: z.array(z.string()),
  expiresAt: z.iso.datetime(),
});
export type PairingCode = z.infer<typeof pairingCodeSchema>;
