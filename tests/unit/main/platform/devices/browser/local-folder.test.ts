import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalFolder } from '@main/platform/devices/browser/local-folder';
import { describe, expect, it, onTestFinished } from 'vitest';

const sha256 = (bytes: string) => createHash('sha256').update(bytes).digest('hex');
const source = (text: string) => ({ content: Buffer.from(text), sha256: sha256(text) });
const hooks = { signal: new AbortController().signal };

async function open() {
  const root = await mkdtemp(join(tmpdir(), 'pocketlens-folder-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const puts: string[] = [];
  return { root, puts, folder: createLocalFolder({ root, onPut: (name) => puts.push(name) }) };
}

describe('the folder of a browser', () => {
  it('takes files whole, from memory and from disk, and tells of each', async () => {
    const { root, folder, puts } = await open();
    await writeFile(join(root, 'here.bin'), 'a model');
    await folder.put('golden/a.json', source('{}'), hooks);
    const file = { path: join(root, 'here.bin'), bytes: 7, sha256: sha256('a model') };
    const seen: number[] = [];
    await folder.put('model.tflite', file, { ...hooks, onProgress: (bytes) => seen.push(bytes) });
    expect(puts).toEqual(['golden/a.json', 'model.tflite']);
    expect(seen).toEqual([7]);
    expect(await folder.hash('model.tflite')).toBe(sha256('a model'));
    expect(Buffer.from((await folder.read('golden/a.json'))!).toString()).toBe('{}');
    expect((await folder.list('golden')).map(({ name, bytes }) => [name, bytes])).toEqual([
      ['a.json', 2],
    ]);
    expect(await folder.list('nowhere')).toEqual([]);
    expect(await folder.read('nothing')).toBeUndefined();
    expect(await folder.hash('nothing')).toBeUndefined();
  });

  it('keeps the old file when other bytes come, or the push is cancelled', async () => {
    const { root, folder, puts } = await open();
    await folder.put('manifest.json', source('old'), hooks);
    const wrong = { content: Buffer.from('new'), sha256: sha256('else') };
    await expect(folder.put('manifest.json', wrong, hooks)).rejects.toMatchObject({
      code: 'hash-mismatch',
    });
    const gone = { signal: AbortSignal.abort() };
    await expect(folder.put('manifest.json', source('new'), gone)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(await readFile(join(root, 'manifest.json'), 'utf8')).toBe('old');
    expect(puts).toEqual(['manifest.json']);
    expect((await folder.list()).map(({ name }) => name)).toEqual(['manifest.json']);
  });

  it('is swept of what a cut push left, and nothing else', async () => {
    const { root, folder } = await open();
    await folder.put('golden/a.jpg', source('a photo'), hooks);
    await writeFile(join(root, 'golden', '.b.jpg.0011.part'), 'half');
    await writeFile(join(root, '.manifest.json.22.part'), 'half');
    expect((await folder.sweep()).sort()).toEqual([
      '.manifest.json.22.part',
      join('golden', '.b.jpg.0011.part'),
    ]);
    expect((await folder.list()).map(({ name }) => name)).toEqual(['golden']);
    await folder.remove('golden/a.jpg');
    await folder.remove('golden/a.jpg');
    expect(await folder.list('golden')).toEqual([]);
  });
});
