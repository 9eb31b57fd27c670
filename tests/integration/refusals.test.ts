import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrations } from '@main/platform/database/migrations';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classLayout, makePhotos } from '../fixtures/make-photos';
import { temporaryFolder } from '../fixtures/temporary-folder';
import { createProgram } from './program';
import { suiteFolder } from './suite-folder';

const root = suiteFolder();
const program = createProgram(root);
afterAll(() => program.dispose());

const photos = join(root, 'photos');
const prepared = join(root, 'prepared');

beforeAll(async () => {
  await makePhotos(photos, classLayout(['banana', 'hat'], 20), { width: 64, height: 48 });
  await program.json(['create', prepared]);
  await program.json(['import', prepared, photos]);
});

interface Refusal {
  error: { code: string; message: string; remedy: string };
}

/** One that reads, one that writes, one that stays. */
const commands = (folder: string) => [
  ['status', folder],
  ['import', folder, photos],
  ['serve', folder, '--no-open', '--port', '0'],
];

describe('a project that another program has open', () => {
  it('is refused with the holder’s name, and opens when that has ended', async () => {
    const holder = program.start(['serve', prepared, '--no-open', '--port', '0']);
    await holder.untilSaid(/http:\/\/127\.0\.0\.1/);
    for (const command of commands(prepared)) {
      const { error } = await program.json<Refusal>(command, { code: 1 });
      expect(error).toMatchObject({ code: 'project-locked', remedy: expect.any(String) });
      expect(error.message).toContain('Pocketlens Studio (browser)');
      expect(error.message).toContain(`process ${holder.pid} `);
    }
    holder.signal('SIGINT');
    // `serve` was asked to end, and that is what it did.
    expect((await holder.ended).code).toBe(0);
    const status = await program.json(['status', prepared]);
    expect(status).toMatchObject({ photos: { total: 40 } });
  }, 60_000);
});

describe('a database', () => {
  it.each<[string, string, (file: string) => void]>([
    ['written by a newer version', 'project-newer', writtenByNewer],
    ['cut short', 'project-damaged', (file) => truncateSync(file, 30_000)],
    ['with damaged pages', 'project-damaged', overwritePages],
    ['of mere words', 'project-damaged', (file) => writeFileSync(file, 'These are words.')],
    ['without a byte', 'project-damaged', (file) => truncateSync(file, 0)],
  ])(
    '%s is refused with what to do, and not touched',
    async (_, code, spoil) => {
      const folder = join(temporaryFolder(), 'project');
      cpSync(prepared, folder, { recursive: true });
      spoil(join(folder, 'project.sqlite'));
      const before = contentOf(folder);
      for (const command of commands(folder)) {
        const { error } = await program.json<Refusal>(command, { code: 1 });
        expect(error).toMatchObject({ code, remedy: expect.stringMatching(/\.$/) });
      }
      const { error } = await program.json<Refusal>(['create', folder], { code: 1 });
      expect(error.code).toBe('project-exists');
      expect(contentOf(folder)).toEqual(before);
    },
    60_000,
  );
});

function writtenByNewer(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
  database.close();
}

function overwritePages(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096, bytes.length);
  writeFileSync(file, bytes);
}

/** Hashes of the files, by name. */
function contentOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  return Object.fromEntries(files.map((file) => [file, hash(file)]));
}
