import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type CacheStore, discardDamagedCache, openCacheStore } from '@main/platform/cache-store';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
let file: string;
let open: CacheStore[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pocketlens-cache-'));
  file = join(folder, 'cache.sqlite');
  open = [];
});

afterEach(() => {
  for (const store of open) store.close();
  rmSync(folder, { recursive: true, force: true });
});

function openStore(inputLimit?: number): CacheStore {
  const store = openCacheStore(file, { inputLimit });
  open.push(store);
  return store;
}

test('keeps bytes by kind and key, also after closing', () => {
  const store = openStore();
  store.put('facts', 'a', Uint8Array.of(1, 2, 3));
  store.put('facts', 'a', Uint8Array.of(4));
  store.put('thumbnail', 'a', new Uint8Array());
  store.close();
  const again = openStore();
  expect(again.get('facts', 'a')).toEqual(Uint8Array.of(4));
  expect(again.get('thumbnail', 'a')).toEqual(new Uint8Array());
  expect(again.get('features', 'a')).toBeUndefined();
  expect(again.has('facts', 'a')).toBe(true);
  expect(again.has('features', 'a')).toBe(false);
});

test('features read back are aligned for a Float32Array', () => {
  const store = openStore();
  const features = Float32Array.of(0.5, -1, 3);
  store.put('features', 'a', new Uint8Array(features.buffer));
  const { buffer, byteOffset, byteLength } = store.get('features', 'a') ?? new Uint8Array();
  expect(new Float32Array(buffer, byteOffset, byteLength / 4)).toEqual(features);
});

test('names the missing ones of many keys, in their order', () => {
  const store = openStore();
  const keys = Array.from({ length: 10_000 }, (_, i) => `${i}`.padStart(64, 'f'));
  const present = keys.filter((_, i) => i % 3 !== 0);
  store.putAll(present.map((key) => ({ kind: 'features', key, data: new Uint8Array(8) })));
  expect(store.missing('features', keys)).toEqual(keys.filter((_, i) => i % 3 === 0));
  expect(store.missing('facts', keys)).toHaveLength(keys.length);
  expect(store.missing('facts', [])).toEqual([]);
});

test('drops the oldest model inputs at the limit and nothing else', () => {
  const store = openStore(10_000);
  store.put('features', 'big', new Uint8Array(50_000));
  for (let i = 0; i < 10; i++) store.put('input', `photo ${i}`, new Uint8Array(1000).fill(i));
  expect(store.has('input', 'photo 0')).toBe(true);
  store.put('input', 'photo 10', new Uint8Array(1000));
  expect(store.missing('input', ['photo 0', 'photo 1', 'photo 2', 'photo 10'])).toEqual([
    'photo 0',
    'photo 1',
  ]);
  expect(store.has('features', 'big')).toBe(true);
});

test('writing an input again does not count it twice', () => {
  const store = openStore(10_000);
  for (let i = 0; i < 50; i++) store.put('input', 'same', new Uint8Array(5000));
  store.put('input', 'other', new Uint8Array(4000));
  expect(store.missing('input', ['same', 'other'])).toEqual([]);
});

test('a batch that fails stores nothing of itself', () => {
  const store = openStore();
  const bad = {
    kind: 'facts',
    key: undefined as unknown as string,
    data: new Uint8Array(),
  } as const;
  expect(() =>
    store.putAll([{ kind: 'facts', key: 'good', data: new Uint8Array(1) }, bad]),
  ).toThrow();
  expect(store.has('facts', 'good')).toBe(false);
  store.put('facts', 'later', new Uint8Array(1));
  expect(store.has('facts', 'later')).toBe(true);
});

test('several threads write at once and nothing is lost', async () => {
  const store = openStore();
  const source = `
    const { DatabaseSync } = require('@photostructure/sqlite');
    const { workerData } = require('node:worker_threads');
    const db = new DatabaseSync(workerData.file, { timeout: 60000 });
    const put = db.prepare('INSERT INTO facts (key, data) VALUES (?, ?)');
    for (let i = 0; i < 200; i++) put.run(workerData.name + i, new Uint8Array(100));
    db.close();
  `;
  const exits = ['a', 'b'].map(
    (name) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(source, { eval: true, workerData: { file, name } });
        worker.once('error', reject).once('exit', resolve);
      }),
  );
  for (let i = 0; i < 200; i++) store.put('facts', `main${i}`, new Uint8Array(100));
  await Promise.all(exits);
  const keys = ['a', 'b', 'main'].flatMap((name) =>
    Array.from({ length: 200 }, (_, i) => `${name}${i}`),
  );
  expect(store.missing('facts', keys)).toEqual([]);
});

test('a file that is no cache is moved aside and made anew', () => {
  writeFileSync(file, 'nonsense '.repeat(1000));
  const store = openStore();
  store.put('facts', 'a', Uint8Array.of(1));
  expect(store.get('facts', 'a')).toEqual(Uint8Array.of(1));
  expect(readFileSync(`${file}.damaged`, 'utf8')).toMatch(/^nonsense/);
});

test('damage found in use is reported, and the cache is made anew at the next opening', () => {
  const store = openStore();
  const entries = Array.from({ length: 300 }, (_, i) => ({
    kind: 'facts' as const,
    key: `key ${i}`,
    data: new Uint8Array(900).fill(i),
  }));
  store.putAll(entries);
  store.close();
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 16384 * 4);
  writeFileSync(file, bytes);

  const damaged = openStore();
  const readAll = () => entries.forEach(({ key }) => damaged.get('facts', key));
  expect(readAll).toThrow(expect.objectContaining({ name: 'AppError', code: 'internal' }));
  damaged.close();

  discardDamagedCache(file);
  const fresh = openStore();
  expect(fresh.missing('facts', ['key 0'])).toEqual(['key 0']);
  expect(existsSync(`${file}.damaged`)).toBe(true);
  fresh.close();
  discardDamagedCache(file);
  expect(existsSync(file)).toBe(true);
});
