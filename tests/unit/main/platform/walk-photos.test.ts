import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { walkPhotos } from '@main/platform/walk-photos';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

function makeFiles(names: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
  return folder;
}

/** "relative path (folder)" of photos, "relative path: reason" of problems, "ignored". */
async function walk(...paths: string[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const file of walkPhotos(paths)) {
    if (file.kind === 'ignored') lines.push('ignored');
    else if (file.kind === 'problem') lines.push(`${file.relativePath}: ${file.problem.reason}`);
    else lines.push(`${file.relativePath} (${file.folder ?? ''})`);
  }
  return lines;
}

describe('walkPhotos', () => {
  it('goes folder by folder in the order of names', async () => {
    const folder = makeFiles(['hat/2.jpg', 'hat/1.JPG', 'banana/old/3.png', 'top.webp']);
    expect(await walk(folder)).toEqual([
      'banana/old/3.png (old)',
      'hat/1.JPG (hat)',
      'hat/2.jpg (hat)',
      'top.webp ()',
    ]);
  });

  it('names the tops of several folders', async () => {
    const folder = makeFiles(['hat/1.jpg', 'plug/2.jpg', 'plug/x/3.jpg']);
    expect(await walk(join(folder, 'hat'), join(folder, 'plug'))).toEqual([
      'hat/1.jpg (hat)',
      'plug/2.jpg (plug)',
      'plug/x/3.jpg (x)',
    ]);
  });

  it('passes over files that are no photos by name, and hidden folders whole', async () => {
    const folder = makeFiles([
      'labels.txt',
      '.hidden/a.jpg',
      '__MACOSX/a.jpg',
      'Thumbs.db',
      'a.jpg',
    ]);
    expect((await walk(folder)).sort()).toEqual([
      'a.jpg ()',
      'ignored',
      'ignored',
      'ignored',
      'ignored',
    ]);
  });

  it('takes a file given directly for a photo, whatever its name', async () => {
    const folder = makeFiles(['labels.txt']);
    expect(await walk(join(folder, 'labels.txt'))).toEqual(['labels.txt ()']);
  });

  it('says that a given path is gone', async () => {
    expect(await walk(join(temporaryFolder(), 'none'))).toEqual(['none: gone']);
  });

  it.skipIf(process.platform === 'win32')('follows links, but walks no folder twice', async () => {
    const folder = makeFiles(['hat/1.jpg', 'elsewhere/2.jpg']);
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'a-link'));
    symlinkSync(join(folder, 'hat/1.jpg'), join(folder, 'b-link.jpg'));
    symlinkSync(folder, join(folder, 'hat/up'));
    symlinkSync(join(folder, 'nothing'), join(folder, 'hat/nothing'));
    expect(await walk(folder)).toEqual([
      'elsewhere/2.jpg (elsewhere)',
      'hat/1.jpg (hat)',
      'ignored',
      'hat/up: link-loop',
      'ignored',
      'b-link.jpg ()',
    ]);
  });

  it('stops when cancelled', async () => {
    const folder = makeFiles(['a/1.jpg', 'b/2.jpg']);
    const controller = new AbortController();
    const walkAll = async () => {
      for await (const file of walkPhotos([folder], controller.signal)) {
        if (file.kind === 'photo') controller.abort();
      }
    };
    await expect(walkAll()).rejects.toMatchObject({ code: 'cancelled' });
  });
});
