import {
  packComparison,
  packedComparisonSchema,
  unpackComparison,
} from '@shared/domain/packed-comparison';
import { describe, expect, it } from 'vitest';
import { createFakeComparison } from '../../../fakes/fake-comparison';

const answers = [
  {
    photoId: 7,
    truth: 1,
    probabilities: [
      [0.1, 0.9],
      [0.3333333, 0.6666667],
    ],
  },
  {
    photoId: 4_000_000_000,
    truth: 0,
    probabilities: [
      [1, 0],
      [0.25, 0.75],
    ],
  },
  {
    photoId: 3,
    truth: 1,
    probabilities: [
      [1e-7, 0.9999999],
      [0.5, 0.5],
    ],
  },
];
const comparison = createFakeComparison({ answers });

describe('a packed comparison', () => {
  it('holds every answer to the last bit, in order', () => {
    const packed = packedComparisonSchema.parse(
      JSON.parse(JSON.stringify(packComparison(comparison))),
    );
    expect(unpackComparison(packed)).toEqual(comparison);
  });

  it('holds one without answers', () => {
    const empty = createFakeComparison({ answers: [] });
    expect(unpackComparison(packComparison(empty))).toEqual(empty);
  });

  it('is read by a decoder of the host', () => {
    const decode = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));
    expect(unpackComparison(packComparison(comparison), decode)).toEqual(comparison);
  });

  it('is refused when answers are missing from it', () => {
    const packed = packComparison(comparison);
    const { truths } = packComparison(createFakeComparison({ answers: answers.slice(1) })).answers;
    const damaged = { ...packed, answers: { ...packed.answers, truths } };
    expect(() => unpackComparison(damaged)).toThrow('The answers of comparison-1 are not complete');
  });
});
