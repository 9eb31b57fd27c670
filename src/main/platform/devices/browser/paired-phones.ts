import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../../shared/api/errors';
import { type DeviceId, deviceIdSchema } from '../../../../shared/domain/device';
import type { JsonFile } from '../../json-file';

/** The studio keeps hashes of secrets only: whoever reads this file gets in nowhere. */
export const phoneRecordSchema = z.object({
  id: deviceIdSchema,
  name: z.string(),
  secretHash: z.string(),
  pairedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type PhoneRecord = z.infer<typeof phoneRecordSchema>;
export const phoneRecordsSchema = z.array(phoneRecordSchema);

export interface PairingOffer {
  /** Good for one phone. */
  token: string;
  expiresAt: string;
}

export interface PairedPhones {
  /** Those whose access has not expired, oldest first. */
  list(): PhoneRecord[];
  offer(): PairingOffer;
  /**
   * Spends an offer's token on a phone.
   * @returns the secret by which the phone is known from now on; told only here.
   * @throws AppError 'forbidden' for a token that is unknown, spent or expired, 'busy' when there
   * are too many phones.
   */
  pair(token: string, name: string): Promise<{ phone: PhoneRecord; secret: string }>;
  /** undefined: unknown, revoked or expired. */
  phoneOf(secret: string): PhoneRecord | undefined;
  /** No error when it is gone already. */
  revoke(id: DeviceId): Promise<void>;
  /** No offer that is open can be taken any more. */
  withdrawOffers(): void;
}

const minute = 60_000;
/** Long enough to fetch a phone and point it at a screen. */
export const offerMs = 10 * minute;
export const accessMs = 30 * 24 * 60 * minute;
const phoneLimit = 20;
/** Of open offers; the oldest one makes way. */
const offerLimit = 5;

export interface PairedPhonesOptions {
  records: JsonFile<PhoneRecord[]>;
  now(): Date;
}

export function createPairedPhones({ records, now }: PairedPhonesOptions): PairedPhones {
  let phones: PhoneRecord[] | undefined;
  const offers = new Map<string, number>();
  const all = () => (phones ??= records.read());
  const list = () => all().filter(({ expiresAt }) => Date.parse(expiresAt) > now().getTime());

  async function keep(next: PhoneRecord[]): Promise<void> {
    phones = next;
    await records.write(next);
  }

  return {
    list,
    offer() {
      const token = randomSecret();
      const expires = now().getTime() + offerMs;
      const [oldest] = offers.keys();
      if (offers.size >= offerLimit && oldest !== undefined) offers.delete(oldest);
      offers.set(hashOf(token), expires);
      return { token, expiresAt: new Date(expires).toISOString() };
    },
    async pair(token, name) {
      const expires = offers.get(hashOf(token));
      if (expires === undefined || expires <= now().getTime()) {
        throw new AppError(
          'forbidden',
          'This pairing code was used before, or has expired.',
          'Show a new code on the Deploy page (or with “pocketlens phone-page”) and scan that.',
        );
      }
      const known = list();
      if (known.length >= phoneLimit) {
        throw new AppError(
          'busy',
          `${phoneLimit} phones are paired already.`,
          'Revoke one on the Deploy page, then scan a new code.',
        );
      }
      offers.delete(hashOf(token));
      const secret = randomSecret();
      const phone: PhoneRecord = {
        id: `browser:${randomBytes(6).toString('hex')}`,
        name: uniqueName(name, known),
        secretHash: hashOf(secret),
        pairedAt: now().toISOString(),
        expiresAt: new Date(now().getTime() + accessMs).toISOString(),
      };
      await keep([...known, phone]);
      return { phone, secret };
    },
    phoneOf(secret) {
      // By the hash: how long a look-up takes tells nothing about the secret.
      const hash = hashOf(secret);
      return list().find(({ secretHash }) => secretHash === hash);
    },
    revoke: (id) => keep(all().filter((phone) => phone.id !== id)),
    withdrawOffers: () => offers.clear(),
  };
}

const randomSecret = () => randomBytes(32).toString('base64url');
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** "Pixel 8", "Pixel 8 (2)". */
function uniqueName(name: string, phones: readonly PhoneRecord[]): string {
  const taken = new Set(phones.map((phone) => phone.name));
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} (${number})`;
    if (!taken.has(candidate)) return candidate;
  }
}
