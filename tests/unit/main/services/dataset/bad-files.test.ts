import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDatasetProject } from '../../../../fixtures/dataset-project';
import { drawPhoto, makePhotos } from '../../../../fixtures/make-photos';
import { pngClaiming } from '../../../../fixtures/png-claiming';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

const isRoot = process.getuid?.() === 0;

/** File by file what is wrong with it. */
async function makeBadFiles(folder: string): Promise<Record<string, string>> {
  const expected: Record<string, string> = {};
  const put = (name: string, bytes: Uint8Array | string, reason: string) => {
    writeFileSync(join(folder, name), bytes);
    expected[name] = reason;
  };
  const picture = { width: 600, height: 500 } as const;
  for (const extension of ['jpg', 'png', 'webp', 'avif', 'tiff', 'gif']) {
    put(`empty.${extension}`, '', 'empty');
    put(`words.${extension}`, 'These are words, not pixels.', 'not-an-image');
  }
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const) {
    const whole = await drawPhoto(`cut ${format}`, { ...picture, format });
    put(`half.${format}`, whole.subarray(0, whole.length / 2), 'truncated');
    put(`nearly.${format}`, whole.subarray(0, whole.length - 30), 'truncated');
  }
  const damaged = await drawPhoto('damaged', { ...picture, format: 'png' });
  damaged.fill(0, 2000, 2300);
  put('damaged.png', damaged, 'damaged');
  put('archive.jpg', 'PK\x03\x04 and so on', 'not-an-image');
  put('zeros.png', Buffer.alloc(4096), 'not-an-image');
  put('header only.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'truncated');
  put('bomb.png', pngClaiming(60_000, 60_000), 'too-large');
  put('bomb named.jpg', pngClaiming(60_000, 60_000), 'too-large');
  put(
    'phone.heic',
    Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
    'unsupported-format',
  );
  put('old.bmp', Buffer.concat([Buffer.from('BM'), Buffer.alloc(100)]), 'unsupported-format');
  put('Schöne Grüße 👋 写真.jpg', 'words', 'not-an-image');
  put(`${'ü'.repeat(125)}x.jpg`, '', 'empty');
  put(`${'n'.repeat(251)}.jpg`, 'words', 'not-an-image');
  symlinkSync(join(folder, 'loop.jpg'), join(folder, 'loop.jpg'));
  expected['loop.jpg'] = 'link-loop';
  symlinkSync(folder, join(folder, 'folder-loop'));
  expected['folder-loop'] = 'link-loop';
  symlinkSync(join(folder, 'nowhere.jpg'), join(folder, 'dangling.jpg'));
  expected['dangling.jpg'] = 'broken-link';
  mkdirSync(join(folder, 'folder.jpg'));
  symlinkSync('/dev/null', join(folder, 'device.jpg'));
  expected['device.jpg'] = 'not-a-file';
  execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
  expected['pipe.jpg'] = 'not-a-file';
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/`), Buffer.from('latin-\xe9.jpg', 'latin1')]),
    '',
  );
  expected['latin-\ufffd.jpg'] = 'unreadable-name';
  writeFileSync(join(folder, 'secret.jpg'), await drawPhoto('secret'), { mode: 0 });
  // Root may read everything: there this one is a photo like others.
  if (!isRoot) expected['secret.jpg'] = 'unreadable';
  return expected;
}

describe.skipIf(process.platform === 'win32')('a folder of bad files beside good ones', () => {
  it('imports every good one and reports each bad one with its own reason', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const expected = await makeBadFiles(folder);
    const good = Array.from(
      { length: 40 },
      (_, index) => `good ${index} ${'é'.repeat(index * 3)}.jpg`,
    );
    await makePhotos(folder, good, { width: 60, height: 50 });
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(40);

    const report = await project.import([folder]);

    const reasons = Object.fromEntries(report.problems.map(({ path, reason }) => [path, reason]));
    expect(reasons).toEqual(expected);
    expect(report.problems.length).toBe(Object.keys(expected).length);
    expect(report.problems.every(({ message }) => /^[A-Z].*\.$/s.test(message))).toBe(true);
    const names = (await project.photos()).map((photo) => photo.fileName);
    expect(names.filter((name) => name !== 'secret.jpg').sort()).toEqual(good.sort());
  });

  it.skipIf(isRoot)('reports a folder that may not be entered', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, ['open/a.jpg', 'closed/b.jpg']);
    chmodSync(join(folder, 'closed'), 0);
    const report = await project.import([folder]);
    chmodSync(join(folder, 'closed'), 0o700);
    expect(report).toMatchObject({
      added: 1,
      problems: [{ path: 'closed', reason: 'unreadable' }],
    });
  });

  it('is listed again only for what is still bad', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const [good = ''] = await makePhotos(folder, ['good.jpg']);
    writeFileSync(join(folder, 'mended.jpg'), '');
    expect((await project.import([folder])).problems.length).toBe(1);
    writeFileSync(join(folder, 'mended.jpg'), readFileSync(good).subarray(0));
    expect(await project.import([folder])).toMatchObject({ known: 2, problems: [] });
  });
});
