import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { writeModelFile } from '@main/workers/write-model-file';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const bytes = new Uint8Array(100_000).fill(7);

describe('writeModelFile', () => {
  it('writes every byte', async () => {
    const path = join(temporaryFolder(), 'model-1.tflite.part');
    await writeModelFile(path, bytes);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it.skipIf(!existsSync('/dev/full'))('tells of a full disk and leaves no part', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'model-1.tflite.part');
    symlinkSync('/dev/full', path);
    await expect(writeModelFile(path, bytes)).rejects.toMatchObject({
      code: 'no-space',
      message: expect.stringContaining(path),
      remedy: expect.stringContaining('space'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says which file when its folder is gone', async () => {
    const path = join(temporaryFolder(), 'gone', 'model-1.tflite.part');
    await expect(writeModelFile(path, bytes)).rejects.toMatchObject({
      code: 'not-writable',
      message: expect.stringContaining(path),
    });
  });
});
