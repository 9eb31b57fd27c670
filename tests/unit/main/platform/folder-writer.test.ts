import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FolderWriter, writeFolder } from '@main/platform/folder-writer';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const options = { manifestName: 'list.json', manifest: { made: 'today' }, format: 'test-folder' };

const write = (target: string, fill: (writer: FolderWriter) => Promise<unknown>) =>
  writeFolder(target, options, fill);

const text = (content: string) => (writer: FolderWriter) => writer.write('a.txt', content);

describe('writeFolder', () => {
  it('makes a folder with a manifest of what is in it', async () => {
    const root = temporaryFolder();
    const source = join(root, 'source.bin');
    writeFileSync(source, 'bytes');
    await write(join(root, 'deep', 'out'), async (writer) => {
      await writer.write('a.txt', 'hello');
      await writer.copy('b.bin', source);
    });
    expect(readdirSync(join(root, 'deep'))).toEqual(['out']);
    expect(readdirSync(join(root, 'deep', 'out')).sort()).toEqual(['a.txt', 'b.bin', 'list.json']);
    const manifest = JSON.parse(readFileSync(join(root, 'deep', 'out', 'list.json'), 'utf8'));
    expect(manifest).toEqual({
      format: 'test-folder',
      formatVersion: 1,
      made: 'today',
      files: {
        // SHA-256 of "hello" and "bytes".
        'a.txt': '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
        'b.bin': expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });

  it('fills an empty folder and replaces one of its own', async () => {
    const target = join(temporaryFolder(), 'out');
    mkdirSync(target);
    await write(target, text('one'));
    writeFileSync(join(target, '.DS_Store'), '');
    await write(target, (writer) => writer.write('b.txt', 'two'));
    expect(readdirSync(target).sort()).toEqual(['b.txt', 'list.json']);
  });

  it('never overwrites what is not its own', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'thesis.doc'), 'mine');
    await expect(write(root, text('x'))).rejects.toMatchObject({ code: 'not-writable' });
    const target = join(root, 'out');
    await write(target, text('one'));
    writeFileSync(join(target, 'notes.txt'), 'mine');
    await expect(write(target, text('two'))).rejects.toThrow('notes.txt');
    expect(readFileSync(join(target, 'a.txt'), 'utf8')).toBe('one');
    writeFileSync(join(root, 'file'), '');
    await expect(write(join(root, 'file'), text('x'))).rejects.toMatchObject({
      code: 'not-writable',
    });
    expect(readdirSync(root).sort()).toEqual(['file', 'out', 'thesis.doc']);
  });

  it('takes another manifest for another’s folder', async () => {
    const target = join(temporaryFolder(), 'out');
    await writeFolder(target, { ...options, format: 'other' }, text('theirs'));
    await expect(write(target, text('x'))).rejects.toMatchObject({ code: 'not-writable' });
  });

  it('leaves the old folder and no rest when filling fails', async () => {
    const root = temporaryFolder();
    const target = join(root, 'out');
    await write(target, text('one'));
    const failing = write(target, async (writer) => {
      await writer.write('a.txt', 'two');
      throw new Error('cancelled');
    });
    await expect(failing).rejects.toThrow('cancelled');
    expect(readdirSync(root)).toEqual(['out']);
    expect(readFileSync(join(target, 'a.txt'), 'utf8')).toBe('one');
  });
});
