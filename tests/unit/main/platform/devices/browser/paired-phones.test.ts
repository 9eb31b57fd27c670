import {
  accessMs,
  createPairedPhones,
  offerMs,
  type PhoneRecord,
} from '@main/platform/devices/browser/paired-phones';
import { createRateLimit } from '@main/platform/devices/browser/rate-limit';
import { describe, expect, it } from 'vitest';

function open() {
  let at = Date.parse('2026-03-01T10:00:00Z');
  let written: PhoneRecord[] = [];
  const make = () =>
    createPairedPhones({
      records: {
        read: () => written,
        write: async (records) => void (written = records),
      },
      now: () => new Date(at),
    });
  return {
    phones: make(),
    again: make,
    written: () => written,
    wait(ms: number) {
      at += ms;
    },
  };
}

describe('a pairing code', () => {
  it('is good once', async () => {
    const { phones } = open();
    const { token } = phones.offer();
    const { phone, secret } = await phones.pair(token, 'Pixel 8');
    expect(phones.phoneOf(secret)).toEqual(phone);
    await expect(phones.pair(token, 'Another')).rejects.toMatchObject({ code: 'forbidden' });
    expect(phones.list()).toHaveLength(1);
  });

  it('expires, is withdrawn, and makes way for newer ones', async () => {
    const { phones, wait } = open();
    const late = phones.offer();
    wait(offerMs);
    await expect(phones.pair(late.token, 'Late')).rejects.toMatchObject({ code: 'forbidden' });
    const withdrawn = phones.offer();
    phones.withdrawOffers();
    await expect(phones.pair(withdrawn.token, 'x')).rejects.toMatchObject({ code: 'forbidden' });
    const first = phones.offer();
    for (let more = 0; more < 5; more++) phones.offer();
    await expect(phones.pair(first.token, 'x')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a paired phone', () => {
  it('is known after a restart, by a secret that is nowhere in the record', async () => {
    const { phones, again, written } = open();
    const { secret, phone } = await phones.pair(phones.offer().token, 'Pixel 8');
    expect(JSON.stringify(written())).not.toContain(secret);
    expect(again().phoneOf(secret)?.id).toBe(phone.id);
    expect(again().phoneOf('another')).toBeUndefined();
  });

  it('is unknown once its access has expired or was revoked', async () => {
    const { phones, wait } = open();
    const one = await phones.pair(phones.offer().token, 'One');
    wait(accessMs - 1);
    const two = await phones.pair(phones.offer().token, 'Two');
    expect(phones.phoneOf(one.secret)).toBeDefined();
    wait(1);
    expect(phones.phoneOf(one.secret)).toBeUndefined();
    expect(phones.list().map(({ name }) => name)).toEqual(['Two']);
    await phones.revoke(two.phone.id);
    expect(phones.phoneOf(two.secret)).toBeUndefined();
  });

  it('has a name of its own; no more than twenty are taken', async () => {
    const { phones } = open();
    for (let number = 0; number < 20; number++) {
      await phones.pair(phones.offer().token, 'Pixel 8');
    }
    expect(phones.list()[1]?.name).toBe('Pixel 8 (2)');
    const { token } = phones.offer();
    await expect(phones.pair(token, 'Pixel 8')).rejects.toMatchObject({ code: 'busy' });
    await phones.revoke(phones.list()[0]!.id);
    await expect(phones.pair(token, 'Pixel 8')).resolves.toBeDefined();
  });
});

it('a rate limit is each phone’s own, and over after its time', () => {
  let at = 0;
  const limit = createRateLimit({ count: 2, perMs: 1000 }, () => new Date(at));
  limit.take('a');
  limit.take('a');
  expect(() => limit.take('a')).toThrow(expect.objectContaining({ code: 'too-many' }));
  limit.take('b');
  at = 1000;
  limit.take('a');
});
