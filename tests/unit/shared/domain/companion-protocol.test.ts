import { describe, expect, it } from 'vitest';
import {
  companionManifestSchema,
  companionProtocol,
  readCompanionMessage,
} from '@shared/domain/companion-protocol';

const sha256 = 'a'.repeat(64);
const manifest = {
  protocol: companionProtocol,
  createdAt: '2026-01-01T00:00:00.000Z',
  project: { name: 'Flowers' },
  active: sha256,
  models: [
    {
      sha256,
      file: `${sha256}.tflite`,
      contract: `${sha256}.json`,
      name: 'Flowers',
      precision: 'int8',
      bytes: 10,
    },
  ],
};
const read = (value: unknown) =>
  readCompanionMessage(companionManifestSchema, JSON.stringify(value));

describe('a message of the companion protocol', () => {
  it('is read, without what this version does not know', () => {
    const newer = { ...manifest, protocol: { major: 1, minor: 7 }, mood: 'good' };
    expect(read(newer)).toEqual({ message: { ...manifest, protocol: { major: 1, minor: 7 } } });
  });

  it('of a newer major version is refused, whatever else it holds', () => {
    expect(read({ protocol: { major: 2, minor: 0 } })).toEqual({ problem: 'newer' });
  });

  it.each([
    ['no JSON', '{'],
    ['no version', JSON.stringify({ ...manifest, protocol: undefined })],
    ['a file outside the folder', JSON.stringify({ ...manifest, check: '../secret.json' })],
    ['an absolute file', JSON.stringify({ ...manifest, check: '/secret.json' })],
    ['a hash that is none', JSON.stringify({ ...manifest, active: 'abc' })],
    ['no models', JSON.stringify({ ...manifest, models: [] })],
  ])('with %s is broken', (_, text) => {
    expect(readCompanionMessage(companionManifestSchema, text)).toEqual({ problem: 'broken' });
  });
});
