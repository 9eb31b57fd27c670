import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeZip } from '@main/platform/write-zip';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

describe('writeZip', () => {
  it('packs a folder that any program unpacks', async () => {
    const root = temporaryFolder();
    const folder = join(root, 'out');
    mkdirSync(folder);
    const large = Buffer.alloc(300_000, 'weights');
    writeFileSync(join(folder, 'large.bin'), large);
    writeFileSync(join(folder, 'Straße.txt'), 'ü');
    writeFileSync(join(folder, 'empty'), '');
    await writeZip(folder, join(root, 'out.zip'), 'model');
    const files = unzipSync(readFileSync(join(root, 'out.zip')));
    expect(Object.keys(files).sort()).toEqual([
      'model/Straße.txt',
      'model/empty',
      'model/large.bin',
    ]);
    expect(Buffer.from(files['model/large.bin'] ?? []).equals(large)).toBe(true);
  });

  it('leaves nothing when cancelled', async () => {
    const root = temporaryFolder();
    const folder = join(root, 'out');
    mkdirSync(folder);
    writeFileSync(join(folder, 'large.bin'), Buffer.alloc(1_000_000));
    const zipped = writeZip(folder, join(root, 'out.zip'), 'out', AbortSignal.abort());
    await expect(zipped).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(root)).toEqual(['out']);
  });
});
