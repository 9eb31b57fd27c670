import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { makeTemporaryFolder, saveFile } from '@main/platform/save-file';
import { listFilesBelow, openServedFile } from '@main/platform/served-files';
import { describe, expect, it } from 'vitest';
import { rm } from 'node:fs/promises';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

describe('saveFile', () => {
  it('makes folders, replaces what was there and leaves nothing else', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'new', 'report.html');
    await saveFile(path, Buffer.from('one'));
    await saveFile(path, Readable.from(['t', 'wo']));
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'new'))).toEqual(['report.html']);
  });

  it('keeps the old file when writing fails half-way', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'report.html');
    writeFileSync(path, 'old');
    async function* broken() {
      yield 'new';
      throw new Error('The source broke off.');
    }
    await expect(saveFile(path, Readable.from(broken()))).rejects.toMatchObject({
      code: 'not-writable',
    });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['report.html']);
  });

  it('says which file when its place is taken by a folder, or its folder by a file', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'file'), '');
    for (const path of [join(folder, 'taken'), join(folder, 'file', 'report.html')]) {
      await expect(saveFile(path, Buffer.from('x'))).rejects.toMatchObject({
        code: 'not-writable',
        message: expect.stringContaining(path),
      });
    }
  });

  it('keeps two writers of one file apart', async () => {
    const path = join(temporaryFolder(), 'settings.json');
    const texts = ['a'.repeat(100_000), 'b'.repeat(100_000)];
    await Promise.all(texts.map((text) => saveFile(path, Buffer.from(text))));
    expect(texts).toContain(readFileSync(path, 'utf8'));
  });
});

it('a temporary folder is new each time', async () => {
  const folders = [await makeTemporaryFolder('test'), await makeTemporaryFolder('test')];
  expect(new Set(folders).size).toBe(2);
  for (const folder of folders) await rm(folder, { recursive: true });
});

describe('served files', () => {
  it('are listed by what follows their folder', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'assets', 'deep'), { recursive: true });
    for (const name of ['index.html', 'assets/a.js', 'assets/deep/b.css']) {
      writeFileSync(join(folder, name), '');
    }
    const files = await listFilesBelow(folder);
    expect([...files.keys()].sort()).toEqual(['assets/a.js', 'assets/deep/b.css', 'index.html']);
    expect(files.get('assets/a.js')).toBe(join(folder, 'assets', 'a.js'));
  });

  it('are read whole or in part, and are not there when they are gone or a folder', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.bin');
    writeFileSync(path, '0123456789');
    const file = await openServedFile(path);
    expect(file?.size).toBe(10);
    expect(await file?.read().toArray()).toEqual([Buffer.from('0123456789')]);
    expect(await file?.read({ start: 2, end: 4 }).toArray()).toEqual([Buffer.from('234')]);
    expect(await openServedFile(join(folder, 'none'))).toBeUndefined();
    expect(await openServedFile(folder)).toBeUndefined();
  });
});
