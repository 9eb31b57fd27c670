import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { blobPath, storeBlob } from '@main/platform/blob-store';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const bytes = Buffer.from('the bytes of a photo');
const sha256 = createHash('sha256').update(bytes).digest('hex');

describe('storeBlob', () => {
  it('stores bytes under their hash, with nothing left beside', async () => {
    const folder = temporaryFolder();
    const path = await storeBlob(folder, sha256, bytes);
    expect(path).toBe(blobPath(folder, sha256));
    expect(readFileSync(path)).toEqual(bytes);
    expect(readdirSync(dirname(path))).toEqual([sha256]);
    expect(readdirSync(folder)).toEqual([sha256.slice(0, 2)]);
  });

  it('leaves bytes alone that are there', async () => {
    const folder = temporaryFolder();
    const path = await storeBlob(folder, sha256, bytes);
    const { ino } = statSync(path);
    await storeBlob(folder, sha256, bytes);
    expect(statSync(path).ino).toBe(ino);
  });

  it('replaces a blob that is cut short, as a full disk may leave one', async () => {
    const folder = temporaryFolder();
    const path = await storeBlob(folder, sha256, bytes);
    writeFileSync(path, bytes.subarray(0, 5));
    await storeBlob(folder, sha256, bytes);
    expect(readFileSync(path)).toEqual(bytes);
  });

  it('takes the same bytes from several sides at once', async () => {
    const folder = temporaryFolder();
    const paths = await Promise.all([1, 2, 3, 4].map(() => storeBlob(folder, sha256, bytes)));
    expect(new Set(paths).size).toBe(1);
    expect(readdirSync(dirname(paths[0] ?? ''))).toEqual([sha256]);
  });
});
