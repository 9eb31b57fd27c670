import { eachClosePair, hashDistance, hashList } from '@main/engine/curation/hash-neighbors';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const hash = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const text = (value: bigint) => value.toString(16).padStart(16, '0');

function bitsApart(left: bigint, right: bigint): number {
  return (left ^ right).toString(2).replaceAll('0', '').length;
}

it('counts the bits in which hashes differ', () => {
  fc.assert(
    fc.property(hash, hash, (left, right) => {
      expect(hashDistance(hashList([text(left), text(right)]), 0, 1)).toBe(bitsApart(left, right));
    }),
  );
});

it('visits every pair within the radius once, and no other', () => {
  const flips = fc.array(fc.nat({ max: 63 }), { maxLength: 9 });
  const family = fc.tuple(hash, fc.array(flips, { minLength: 1, maxLength: 6 }));
  fc.assert(
    fc.property(
      fc.array(family, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 8 }),
      (families, radius) => {
        const hashes = families.flatMap(([first, others]) => [
          first,
          ...others.map((bits) => bits.reduce((value, bit) => value ^ (1n << BigInt(bit)), first)),
        ]);
        const visited: string[] = [];
        eachClosePair(hashList(hashes.map(text)), radius, (left, right, distance) => {
          visited.push(`${left}-${right}:${distance}`);
        });
        const expected = hashes.flatMap((left, i) =>
          hashes.flatMap((right, j) => {
            const distance = bitsApart(left, right);
            return i < j && distance <= radius ? [`${i}-${j}:${distance}`] : [];
          }),
        );
        expect(visited.sort()).toEqual(expected.sort());
      },
    ),
  );
});
