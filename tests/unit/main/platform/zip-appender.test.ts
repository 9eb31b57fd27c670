import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { finishZip, openZipAppender, type ZipPlace } from '@main/platform/zip-appender';
import { type Entry, open, type Options, type ZipFile } from 'yauzl';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const openZip: (path: string, options: Options) => Promise<ZipFile> = promisify(
  (path: string, options: Options, done: (error: Error | null, zip: ZipFile) => void) =>
    open(path, options, done),
);

const at = new Date('2026-03-04T09:30:00.000Z');

function newPlace(): ZipPlace {
  const folder = temporaryFolder();
  return { archive: join(folder, 'a.zip'), directory: join(folder, 'directory') };
}

async function append(place: ZipPlace, files: readonly [string, string][]): Promise<void> {
  const zip = await openZipAppender(place, at);
  for (const [name, text] of files) await zip.add(name, Buffer.from(text));
  await zip.close();
}

/** Names with contents, read by a library. */
async function read(path: string): Promise<Map<string, string>> {
  const zip = await openZip(path, { lazyEntries: true, validateEntrySizes: true });
  const found = new Map<string, string>();
  const entry = () =>
    new Promise<Entry | undefined>((resolve, reject) => {
      zip.removeAllListeners();
      zip
        .once('entry', resolve)
        .once('end', () => resolve(undefined))
        .once('error', reject);
      zip.readEntry();
    });
  for (let next = await entry(); next; next = await entry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await promisify(zip.openReadStream.bind(zip))(next)) {
      chunks.push(chunk as Buffer);
    }
    found.set(next.fileName, Buffer.concat(chunks).toString());
    expect(next.getLastModDate()).toEqual(new Date(2026, 2, 4, 9, 30));
  }
  return found;
}

it('goes on with an archive, file by file', async () => {
  const place = newPlace();
  await append(place, [
    ['top/a.txt', 'first'],
    ['top/é, "b".txt', ''],
  ]);
  await append(place, [['top/c.txt', 'third']]);
  await finishZip(place, 3);
  expect([...(await read(place.archive))]).toEqual([
    ['top/a.txt', 'first'],
    ['top/é, "b".txt', ''],
    ['top/c.txt', 'third'],
  ]);
});

it('holds more than 65,535 files', async () => {
  const place = newPlace();
  await append(
    place,
    Array.from({ length: 66_000 }, (_, index) => [`${index}`, '']),
  );
  await finishZip(place, 66_000);
  // A library finds the directory by what zip64 says: the classic end counts to 65,535.
  const zip = await openZip(place.archive, { lazyEntries: true });
  expect(zip.entryCount).toBe(66_000);
  const entry = new Promise<Entry>((resolve, reject) => {
    zip.once('entry', resolve).once('error', reject);
  });
  zip.readEntry();
  expect((await entry).fileName).toBe('0');
  zip.close();
});

it('grows beyond 4 GB', async () => {
  const place = newPlace();
  await append(place, [['before', 'near']]);
  // A hole in the file: it costs no space, and what follows lies beyond it.
  truncateSync(place.archive, 4.5 * 2 ** 30);
  await append(place, [['after', 'far']]);
  await finishZip(place, 2);
  expect([...(await read(place.archive))]).toEqual([
    ['before', 'near'],
    ['after', 'far'],
  ]);
});
