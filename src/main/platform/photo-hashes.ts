/** Bytes of a SHA-256. */
const width = 32;

/**
 * SHA-256 hashes of photos one after another on shared memory: 3 MB for 100,000 photos, where texts
 * would be 20 MB and copied for each thread that gets them.
 */
export type PhotoHashes = Uint8Array;

/** @param hexDigits the hashes one after another, 64 hex digits each. */
export function packHashes(hexDigits: string): PhotoHashes {
  const hashes = createHashes(hexDigits.length / (2 * width));
  Buffer.from(hashes.buffer).write(hexDigits, 'hex');
  return hashes;
}

/** The hash of a row, as 64 hex digits. */
export const hashAt = (hashes: PhotoHashes, row: number): string =>
  Buffer.from(hashes.buffer, hashes.byteOffset + row * width, width).toString('hex');

/** The hashes of these rows, in their order. */
export function pickHashes(hashes: PhotoHashes, rows: Uint32Array): PhotoHashes {
  const picked = createHashes(rows.length);
  rows.forEach((row, place) => {
    picked.set(hashes.subarray(row * width, (row + 1) * width), place * width);
  });
  return picked;
}

const createHashes = (count: number) => new Uint8Array(new SharedArrayBuffer(count * width));
