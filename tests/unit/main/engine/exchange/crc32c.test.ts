import { crc32c, maskedCrc32c } from '@main/engine/exchange/crc32c';
import { describe, expect, it } from 'vitest';

describe('CRC-32C', () => {
  // RFC 3720, appendix B.4.
  it.each([
    [new Uint8Array(32), 0x8a9136aa],
    [new Uint8Array(32).fill(0xff), 0x62a8ab43],
    [Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
    [Buffer.from('123456789'), 0xe3069283],
  ])('has the sums of the standard', (bytes, sum) => {
    expect(crc32c(bytes)).toBe(sum);
  });

  it('can be unmasked', () => {
    const bytes = Buffer.from('foo');
    const rotated = (maskedCrc32c(bytes) - 0xa282ead8) >>> 0;
    expect(((rotated >>> 17) | (rotated << 15)) >>> 0).toBe(crc32c(bytes));
  });
});
