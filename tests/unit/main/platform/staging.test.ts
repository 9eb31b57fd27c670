import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { createStaging, type Staging } from '@main/platform/staging';
import type { UploadLimits } from '@main/platform/upload-files';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let root: string;
let staging: Staging;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pocketlens-staging-'));
  staging = openStaging();
});

afterEach(async () => {
  await staging.dispose();
  rmSync(root, { recursive: true, force: true });
});

const openStaging = (limits?: UploadLimits) =>
  createStaging({ temporaryFolder: join(root, 'uploads'), limits });

async function* chunks(bytes: Uint8Array, size = 1000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const receive = (id: string, path: string, content: Uint8Array | string) =>
  staging.receiveFile(id, path, chunks(typeof content === 'string' ? strToU8(content) : content));

/** All files of what is staged, with their content. */
function filesOf(id: string): Record<string, string> {
  const [folder = ''] = staging.source(id).paths;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')];
    }),
  );
}

const refusal = (code: string, message = /./) =>
  expect.objectContaining({ name: 'AppError', code, message: expect.stringMatching(message) });

test('paths and places are found by their ids only', async () => {
  const source = staging.stagePaths(['/photos/a', '/photos/b']);
  const place = staging.stagePlace('/projects/fruit');
  expect(staging.source(source)).toEqual({ paths: ['/photos/a', '/photos/b'], uploaded: false });
  expect(staging.place(place)).toBe('/projects/fruit');
  expect(() => staging.source(place)).toThrow(refusal('not-found'));
  expect(() => staging.place(source)).toThrow(refusal('not-found'));
  expect(() => staging.source('/photos/a')).toThrow(refusal('not-found'));
  await staging.discard(source);
  expect(() => staging.source(source)).toThrow(refusal('not-found'));
});

test('an upload keeps its folders', async () => {
  const id = staging.openUpload();
  await receive(id, 'banana/1.jpg', 'one');
  await receive(id, 'hat/deep/2.jpg', 'x'.repeat(5000));
  expect(staging.source(id).uploaded).toBe(true);
  expect(filesOf(id)).toEqual({ 'banana/1.jpg': 'one', 'hat/deep/2.jpg': 'x'.repeat(5000) });
});

test('a folder that was picked stands for itself, as a path to it would', async () => {
  const id = staging.openUpload();
  await receive(id, 'photos/banana/1.jpg', 'one');
  await receive(id, 'photos/2.jpg', 'two');
  await receive(id, '__MACOSX/photos/._2.jpg', 'of no interest');
  expect(filesOf(id)).toEqual({ 'banana/1.jpg': 'one', '2.jpg': 'two' });
});

test('files of the same name are both kept', async () => {
  const id = staging.openUpload();
  await Promise.all([receive(id, '1.jpg', 'one'), receive(id, '1.jpg', 'other')]);
  expect(Object.values(filesOf(id)).sort()).toEqual(['one', 'other']);
  expect(Object.keys(filesOf(id)).sort()).toEqual(['1 (2).jpg', '1.jpg']);
});

describe('a path that leads out is refused', () => {
  test.each([
    '../evil.jpg',
    'a/../../evil.jpg',
    '..\\evil.jpg',
    '/etc/evil.jpg',
    '\\evil.jpg',
    'C:\\evil.jpg',
    'C:evil.jpg',
    'a//b.jpg',
    'a\0.jpg',
    '',
    '.',
    'folder/',
    `${'deep/'.repeat(40)}a.jpg`,
  ])('%j', async (path) => {
    const id = staging.openUpload();
    await expect(receive(id, path, 'evil')).rejects.toEqual(refusal('upload-refused'));
    expect(filesOf(id)).toEqual({});
    expect(existsSync(join(root, 'uploads', 'evil.jpg'))).toBe(false);
  });
});

test('a name that the disk can not hold is refused with a sentence', async () => {
  const id = staging.openUpload();
  await expect(receive(id, `${'ä'.repeat(300)}.jpg`, 'x')).rejects.toEqual(
    refusal('upload-refused', /name/),
  );
});

describe('limits', () => {
  test('of size and count; nothing stays of the file that was too much', async () => {
    staging = openStaging({ files: 3, bytes: 2000 });
    const id = staging.openUpload();
    await receive(id, 'a.jpg', 'x'.repeat(900));
    await expect(receive(id, 'b.jpg', 'x'.repeat(1500))).rejects.toEqual(
      refusal('upload-refused', /more than/),
    );
    await receive(id, 'c.jpg', 'x'.repeat(900));
    await receive(id, 'd.jpg', '');
    await expect(receive(id, 'e.jpg', '')).rejects.toEqual(refusal('upload-refused', /3 files/));
    expect(Object.keys(filesOf(id)).sort()).toEqual(['a.jpg', 'c.jpg', 'd.jpg']);
  });

  test('an upload that breaks off leaves nothing of its file', async () => {
    const id = staging.openUpload();
    async function* broken() {
      yield strToU8('half');
      throw new Error('connection lost');
    }
    await expect(staging.receiveFile(id, 'a.jpg', broken())).rejects.toThrow('connection lost');
    expect(filesOf(id)).toEqual({});
  });
});

describe('zip archives', () => {
  test('are unpacked where they lie, folders and Unicode names kept', async () => {
    const archive = zipSync({
      banana: { 'größe 1.jpg': strToU8('one') },
      hat: { '2.jpg': [strToU8('two'), { level: 0 }] },
    });
    const id = staging.openUpload();
    await receive(id, 'Set.ZIP', archive);
    await receive(id, 'more/set.zip', zipSync({ '3.jpg': strToU8('three') }));
    expect(filesOf(id)).toEqual({
      'banana/größe 1.jpg': 'one',
      'hat/2.jpg': 'two',
      'more/3.jpg': 'three',
    });
  });

  test('one whose file leads out is refused whole', async () => {
    const archive = zipSync({ 'a.jpg': strToU8('fine'), 'xx/xx/evil.jpg': strToU8('evil') });
    const crafted = replaceBytes(archive, 'xx/xx/evil.jpg', '../../evil.jpg');
    const id = staging.openUpload();
    await expect(receive(id, 'set.zip', crafted)).rejects.toEqual(
      refusal('upload-refused', /leads out/),
    );
    expect(filesOf(id)).toEqual({});
    expect(existsSync(join(root, 'evil.jpg'))).toBe(false);
  });

  test('links in it are passed over', async () => {
    const link = { os: 3, attrs: (0o120777 << 16) >>> 0 };
    const archive = zipSync({
      'a.jpg': strToU8('fine'),
      'b.jpg': [strToU8('/etc/passwd'), link],
    });
    const id = staging.openUpload();
    await receive(id, 'set.zip', archive);
    expect(filesOf(id)).toEqual({ 'a.jpg': 'fine' });
  });

  test('a bomb is refused while it unpacks', async () => {
    const bomb = zipSync({ 'a.jpg': new Uint8Array(80 * 1024 ** 2) });
    expect(bomb.length).toBeLessThan(200_000);
    const id = staging.openUpload();
    await expect(receive(id, 'set.zip', bomb)).rejects.toEqual(
      refusal('upload-refused', /far more/),
    );
    expect(filesOf(id)).toEqual({});
  });

  test('what comes out counts against the limits of the upload', async () => {
    staging = openStaging({ files: 3, bytes: 1e6 });
    const many = Object.fromEntries([1, 2, 3, 4].map((i) => [`${i}.jpg`, strToU8('x')]));
    const id = staging.openUpload();
    await expect(receive(id, 'set.zip', zipSync(many))).rejects.toEqual(
      refusal('upload-refused', /3 files/),
    );
    expect(filesOf(id)).toEqual({});
    await receive(id, 'set.zip', zipSync({ '1.jpg': strToU8('x'), '2.jpg': strToU8('x') }));
    await receive(id, '3.jpg', 'x');
    expect(Object.keys(filesOf(id))).toHaveLength(3);
  });

  test('an encrypted one is refused', async () => {
    const archive = zipSync({ 'a.jpg': strToU8('secret') });
    const central = indexOf(archive, [0x50, 0x4b, 0x01, 0x02]);
    const encrypted = archive.slice();
    // Bit 0 of the general purpose flags, in the local and the central header.
    encrypted[6] = (encrypted[6] ?? 0) | 1;
    encrypted[central + 8] = (encrypted[central + 8] ?? 0) | 1;
    const id = staging.openUpload();
    await expect(receive(id, 'set.zip', encrypted)).rejects.toEqual(
      refusal('upload-refused', /password/),
    );
  });

  test.each([
    ['cut short', (archive: Uint8Array) => archive.subarray(0, archive.length - 30)],
    ['not one at all', () => strToU8('hello')],
    ['empty', () => new Uint8Array()],
    ['damaged inside', (archive: Uint8Array) => archive.slice().fill(0xff, 40, 400)],
  ])('%s is refused', async (_name, damage) => {
    const noise = Uint8Array.from({ length: 2000 }, (_, i) => (i * i * 31) & 0xff);
    const archive = damage(zipSync({ 'a.jpg': strToU8('fine'), 'b.jpg': noise }));
    const id = staging.openUpload();
    await expect(receive(id, 'set.zip', archive)).rejects.toEqual(
      refusal('upload-refused', /damaged or cut short/),
    );
    expect(filesOf(id)).toEqual({});
  });
});

test('a discarded upload is gone from the disk and takes nothing more', async () => {
  const id = staging.openUpload();
  await receive(id, 'a.jpg', 'x');
  const [folder = ''] = staging.source(id).paths;
  await staging.discard(id);
  expect(existsSync(folder)).toBe(false);
  await expect(receive(id, 'b.jpg', 'x')).rejects.toEqual(refusal('not-found'));
  await staging.discard(id);
});

test('dispose removes uploads, but not those that an import may still need', async () => {
  const unused = staging.openUpload();
  const importing = staging.openUpload();
  await receive(unused, 'a.jpg', 'x');
  await receive(importing, 'b.jpg', 'x');
  const [folder = ''] = staging.source(importing).paths;
  await staging.dispose();
  expect(readdirSync(join(root, 'uploads'))).toEqual([importing]);

  const afterRestart = openStaging();
  expect(() => afterRestart.source(importing)).toThrow(refusal('not-found'));
  expect(existsSync(join(folder, 'b.jpg'))).toBe(true);
  await afterRestart.discard(importing);
  expect(readdirSync(join(root, 'uploads'))).toEqual([]);
  await afterRestart.dispose();
});

test('an upload that nobody came back for in a week is removed, nothing else', async () => {
  const old = staging.openUpload();
  await receive(old, 'a.jpg', 'x');
  staging.source(old);
  await staging.dispose();
  mkdirSync(join(root, 'uploads', 'mine'));
  const aMonthAgo = new Date(Date.now() - 30 * 24 * 3600 * 1000);
  for (const name of [old, 'mine']) utimesSync(join(root, 'uploads', name), aMonthAgo, aMonthAgo);
  const later = openStaging();
  const fresh = later.openUpload();
  later.source(fresh);
  await later.dispose();
  expect(readdirSync(join(root, 'uploads')).sort()).toEqual([fresh, 'mine'].sort());
});

test('discarding can not be talked into removing anything else', async () => {
  const outside = join(root, 'precious');
  mkdirSync(outside);
  await staging.discard('../precious');
  expect(existsSync(outside)).toBe(true);
});

function indexOf(bytes: Uint8Array, wanted: number[]): number {
  return Buffer.from(bytes).indexOf(Uint8Array.from(wanted));
}

/** Both texts must be equally long. */
function replaceBytes(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const result = Buffer.from(bytes);
  for (let at = result.indexOf(from); at >= 0; at = result.indexOf(from)) result.write(to, at);
  return result;
}
