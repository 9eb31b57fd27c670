import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { blobPath } from '@main/platform/blob-store';
import { modelInputKey } from '@main/platform/cache-kinds';
import { openCacheStore } from '@main/platform/cache-store';
import { readModelInput } from '@main/workers/model-input';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createInlineWorkerPool } from '../../../fakes/inline-worker-pool';
import { drawPhoto, makePhotos } from '../../../fixtures/make-photos';
import { testRecipe } from '../../../fixtures/pixel-recipe';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const sha256Of = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

function setUp() {
  const folder = temporaryFolder();
  const cacheFile = join(folder, 'cache.sqlite');
  const cache = openCacheStore(cacheFile);
  const workers = createInlineWorkerPool();
  onTestFinished(async () => {
    cache.close();
    await workers.dispose();
  });
  const inspect = async (paths: string[], blobsFolder?: string) =>
    (
      await workers.run('inspect-photos', {
        paths,
        cacheFile,
        recipe: testRecipe,
        ...(blobsFolder ? { blobsFolder } : {}),
      })
    ).files;
  return { folder, cache, cacheFile, workers, inspect };
}

describe('inspect-photos', () => {
  it('answers for good and bad files in order and fills the cache', async () => {
    const { folder, cache, inspect } = setUp();
    const [good = '', other = ''] = await makePhotos(folder, ['good.jpg', 'other.jpg']);
    const text = join(folder, 'text.jpg');
    writeFileSync(text, 'words');
    const files = await inspect([good, text, other, join(folder, 'gone.jpg')]);
    expect(files.map((file) => (file.ok ? 'ok' : file.reason))).toEqual([
      'ok',
      'not-an-image',
      'ok',
      'gone',
    ]);
    const sha256 = sha256Of(good);
    expect(files[0]).toMatchObject({ path: good, sha256, bytes: readFileSync(good).length });
    expect(cache.get('thumbnail', sha256)?.subarray(0, 2)).toEqual(Uint8Array.of(0xff, 0xd8));
    expect(cache.has('facts', sha256)).toBe(true);
    expect(cache.get('input', modelInputKey(sha256, testRecipe))?.length).toBe(32 * 32 * 3);
  });

  it('takes the facts of known bytes from the cache', async () => {
    const { folder, cache, inspect } = setUp();
    const [path = ''] = await makePhotos(folder, ['a.jpg']);
    const [first] = await inspect([path]);
    if (!first?.ok) throw new Error('The photo was refused');
    const marked = { ...first.facts, camera: 'From the cache' };
    cache.put('facts', first.sha256, Buffer.from(JSON.stringify(marked)));
    expect(await inspect([path])).toMatchObject([{ facts: { camera: 'From the cache' } }]);
  });

  it('stores copies whole, under their hash, once', async () => {
    const { folder, inspect } = setUp();
    const blobs = join(folder, 'blobs');
    const [path = ''] = await makePhotos(folder, ['a.jpg']);
    await inspect([path, path], blobs);
    const sha256 = sha256Of(path);
    expect(readFileSync(blobPath(blobs, sha256))).toEqual(readFileSync(path));
    expect(await readdir(join(blobs, sha256.slice(0, 2)))).toEqual([sha256]);
  });

  it('fails as a whole when copies can not be written', async () => {
    const { folder, inspect } = setUp();
    const [path = ''] = await makePhotos(folder, ['a.jpg']);
    const notAFolder = join(folder, 'blobs');
    writeFileSync(notAFolder, '');
    await expect(inspect([path], notAFolder)).rejects.toMatchObject({ code: 'not-writable' });
  });

  it('stops when cancelled', async () => {
    const { folder, cacheFile, workers } = setUp();
    const paths = await makePhotos(folder, ['a.jpg']);
    const input = { paths, cacheFile, recipe: testRecipe };
    const signal = AbortSignal.abort();
    await expect(workers.run('inspect-photos', input, { signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it.skipIf(process.platform === 'win32')('never waits for a pipe', async () => {
    const { folder, inspect } = setUp();
    const pipe = join(folder, 'pipe.jpg');
    execFileSync('mkfifo', [pipe]);
    expect(await inspect([pipe, folder])).toMatchObject([
      { reason: 'not-a-file' },
      { reason: 'not-a-file' },
    ]);
  });

  it.skipIf(process.platform === 'win32')('names a link that leads to itself', async () => {
    const { folder, inspect } = setUp();
    const loop = join(folder, 'loop.jpg');
    symlinkSync(loop, loop);
    expect(await inspect([loop])).toMatchObject([{ reason: 'link-loop' }]);
  });
});

describe('readModelInput', () => {
  it('gives the very bytes that the import cached, also without the cache', async () => {
    const { folder, cache, inspect } = setUp();
    const [path = ''] = await makePhotos(folder, ['a.jpg'], { width: 1600, height: 1100 });
    await inspect([path]);
    const source = { photoId: 1, sha256: sha256Of(path), path };
    const imported = cache.get('input', modelInputKey(source.sha256, testRecipe));
    expect(
      Buffer.from(await readModelInput(source, testRecipe)).equals(imported ?? new Uint8Array()),
    ).toBe(true);
    expect(await readModelInput(source, testRecipe, cache)).toEqual(imported);
  });

  it('caches what it had to compute', async () => {
    const { folder, cache } = setUp();
    const [path = ''] = await makePhotos(folder, ['a.jpg']);
    const source = { photoId: 1, sha256: sha256Of(path), path };
    const input = await readModelInput(source, testRecipe, cache);
    writeFileSync(path, 'gone for good');
    expect(Buffer.from(input).equals(await readModelInput(source, testRecipe, cache))).toBe(true);
  });

  it('takes a lone file, without caching it', async () => {
    const { folder, cache } = setUp();
    const [path = ''] = await makePhotos(folder, ['a.jpg']);
    const input = await readModelInput({ photoId: 0, sha256: '', path }, testRecipe, cache);
    expect(input.length).toBe(32 * 32 * 3);
    expect(cache.has('input', modelInputKey('', testRecipe))).toBe(false);
  });

  it.each([
    ['gone', undefined],
    ['no photo any more', Buffer.from('words')],
    ['changed', 'another'],
  ])('says so when the file is %s', async (_, content) => {
    const { folder } = setUp();
    const [path = '', other = ''] = await makePhotos(folder, ['a.jpg', 'b.jpg']);
    const sha256 = content === 'another' ? sha256Of(other) : '';
    if (Buffer.isBuffer(content)) writeFileSync(path, content);
    const missing = content === undefined ? join(folder, 'none.jpg') : path;
    const source = { photoId: 1, sha256, path: missing };
    await expect(readModelInput(source, testRecipe)).rejects.toMatchObject({
      code: 'photo-unreadable',
      message: expect.stringContaining(missing),
      remedy: expect.any(String),
    });
  });
});

describe('hash-files', () => {
  it('hashes what it can read', async () => {
    const { folder, workers } = setUp();
    const [path = ''] = await makePhotos(folder, ['a.jpg']);
    const paths = [join(folder, 'none'), path];
    const { hashes } = await workers.run('hash-files', { paths });
    expect(hashes).toEqual([undefined, sha256Of(path)]);
  });
});

describe('render-photo', () => {
  it('renders a JPEG, or says why not', async () => {
    const { folder, workers } = setUp();
    const [path = ''] = await makePhotos(folder, ['a.png'], { format: 'png' });
    const { jpeg } = await workers.run('render-photo', { path, size: 100 });
    expect([...jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    const gone = { path: join(folder, 'none.png'), size: 100 };
    await expect(workers.run('render-photo', gone)).rejects.toMatchObject({
      code: 'photo-unreadable',
    });
  });

  it('turns the photo upright and tells nothing of where it was taken', async () => {
    const { folder, workers } = setUp();
    const path = join(folder, 'holiday.jpg');
    await sharp(await drawPhoto('holiday', { width: 120, height: 80 }))
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' } })
      .toFile(path);
    const before = await sharp(path).metadata();
    expect(before).toMatchObject({ orientation: 6, exif: expect.any(Buffer) });

    const { jpeg } = await workers.run('render-photo', { path, size: 1000 });

    const { width, height, orientation, exif, xmp, iptc } = await sharp(jpeg).metadata();
    expect({ width, height }).toEqual({ width: 80, height: 120 });
    expect({ orientation, exif, xmp, iptc }).toEqual({});
  });
});
