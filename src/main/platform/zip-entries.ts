import { promisify } from 'node:util';
import { type Entry, open, type Options, type ZipFile } from 'yauzl';

/** Opens an archive whose entries are read one at a time; the caller closes it. */
export function openZip(path: string): Promise<ZipFile> {
  const options: Options = { lazyEntries: true, autoClose: false };
  return promisify((done: (error: Error | null, zip: ZipFile) => void) =>
    open(path, options, done),
  )();
}

export async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await nextEntry(zip);
    if (!entry) return;
    yield entry;
  }
}

/** What an entry unpacks to, as a stream. */
export const readEntry = (zip: ZipFile, entry: Entry) =>
  promisify(zip.openReadStream.bind(zip))(entry);

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    zip.removeAllListeners();
    zip.once('entry', resolve);
    zip.once('end', () => resolve(undefined));
    zip.once('error', reject);
    zip.readEntry();
  });
}
