import { parseBuffer } from 'bplist-parser';
import plist, { type PlistObject, type PlistValue } from 'plist';

export type { PlistObject };

/** XML or binary: phones and their libraries send either. */
export function readPlist(bytes: Buffer): Record<string, unknown> {
  const value: unknown =
    bytes.subarray(0, 6).toString('latin1') === 'bplist'
      ? parseBuffer(bytes)[0]
      : plist.parse(bytes.toString('utf8'));
  if (typeof value !== 'object' || value === null) throw new TypeError('Not a dictionary');
  return value as Record<string, unknown>;
}

export const writePlist = (value: PlistValue): Buffer => Buffer.from(plist.build(value), 'utf8');

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What a property list calls data. */
export const dataOf = (value: unknown): Buffer =>
  value instanceof Uint8Array ? Buffer.from(value) : Buffer.alloc(0);
